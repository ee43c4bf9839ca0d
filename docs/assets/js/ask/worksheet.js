// The worksheet: complete HTML, of which this keeps what is typed, says how far it is, and copies it for print.

import { byId, setText } from "../dom/elements.js";
import { offer } from "../export/download.js";
import { Autosave } from "../storage/autosave.js";
import { ParkedFields } from "../storage/parked-fields.js";
import { Store } from "../storage/store.js";
import * as plans from "./plan.js";

const form = byId("ask");
const fields = form.elements;
const marks = new Map([...form.querySelectorAll("[data-mark]")].map((mark) => [mark.dataset.mark, mark]));
const ids = [...marks.keys()];

/** The plan as it stands in the form. */
function written({ saved } = parked) {
  return { ...plans.make(ids, (name) => fields[name].value), ...saved };
}

/** The plan as it is kept; null if nothing is written. */
function text() {
  const plan = written();
  return plans.isBlank(plan) ? null : JSON.stringify(plan);
}

/** Show a plan, or the blank form. */
function show(text) {
  const plan = text === null ? plans.blank(ids) : plans.read(text, ids);
  form.reset();
  for (const [name, one] of plans.texts(plan)) fields[name].value = one;
  parked.show(plan.parked ?? []);
  update();
}

function update() {
  const plan = written();
  setText(byId("progress"), plans.progress(plan));
  for (const [id, mark] of marks) mark.textContent = plans.stateOf(plan.answers[id]);
  for (const copy of form.querySelectorAll(".ask__copy")) copy.textContent = copy.previousElementSibling.value;
}

function stamp() {
  byId("today").textContent = plans.inWords(new Date());
  byId("address").textContent = `from ${location.origin}${location.pathname}`;
}

/** Show what was typed while this script was on its way, before all else that is kept. */
function addEarly(early) {
  if (![...early.values()].some(Boolean)) return;
  const plan = plans.make(ids, (name) => early.get(name) || fields[name].value);
  autosave.change(JSON.stringify({ ...plan, ...parked.saved }), "What you wrote while the page was loading is added.");
}

const early = new Map(plans.texts(written({})));
const parked = new ParkedFields((back) => autosave.removed("The parts without a place are thrown away.", back));
const autosave = new Autosave(new Store(plans.KEY), { text, show });
addEarly(early);
autosave.importFrom(byId("open"));
form.addEventListener("input", () => {
  update();
  autosave.save();
});
byId("save").addEventListener("click", () => {
  const plan = written();
  offer(plan.title, "json", `${JSON.stringify(plan, null, 2)}\n`);
  autosave.exported();
});
byId("print").addEventListener("click", () => print());
byId("delete").addEventListener("click", () => autosave.replace(null, "Your plan is deleted."));
addEventListener("beforeprint", stamp);
stamp();
