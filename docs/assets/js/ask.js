// The worksheet. The form is complete HTML; this keeps what is typed, says how far it is, and copies it for print.

import { offer } from "./files.js";
import { Keeping } from "./keeping.js";
import { say } from "./nodes.js";
import { Parked } from "./parked.js";
import * as plans from "./plan.js";
import { Store } from "./store.js";

const at = (id) => document.getElementById(id);
const form = at("ask");
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
  say(at("progress"), plans.progress(plan));
  for (const [id, mark] of marks) mark.textContent = plans.stateOf(plan.answers[id]);
  for (const copy of form.querySelectorAll(".ask__copy")) copy.textContent = copy.previousElementSibling.value;
}

function stamp() {
  at("today").textContent = plans.inWords(new Date());
  at("address").textContent = `from ${location.origin}${location.pathname}`;
}

/** Show what was typed while this script was on its way, before all else that is kept. */
function addEarly(early) {
  if (![...early.values()].some(Boolean)) return;
  const plan = plans.make(ids, (name) => early.get(name) || fields[name].value);
  keeping.change(JSON.stringify({ ...plan, ...parked.saved }), "What you wrote while the page was loading is added.");
}

const early = new Map(plans.texts(written({})));
const parked = new Parked((back) => keeping.takenAway("The parts without a place are thrown away.", back));
const keeping = new Keeping(new Store(plans.KEY), { text, show });
addEarly(early);
keeping.opens(at("open"));
form.addEventListener("input", () => {
  update();
  keeping.keep();
});
at("save").addEventListener("click", () => {
  const plan = written();
  offer(plan.title, "json", `${JSON.stringify(plan, null, 2)}\n`);
  keeping.filed();
});
at("print").addEventListener("click", () => print());
at("delete").addEventListener("click", () => keeping.replace(null, "Your plan is deleted."));
addEventListener("beforeprint", stamp);
stamp();
