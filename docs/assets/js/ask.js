// The worksheet. The form is complete HTML; this keeps what is typed, says how far it is, and copies it for print.

import { offer } from "./files.js";
import * as plans from "./plan.js";

const form = document.getElementById("ask");
const fields = form.elements;
const kept = document.getElementById("kept");
const opener = document.getElementById("open");
const sure = document.getElementById("sure");
const marks = new Map([...form.querySelectorAll("[data-mark]")].map((mark) => [mark.dataset.mark, mark]));
const ids = [...marks.keys()];
const SAVED = "Saved in this browser. Nothing is sent.";
let asked = 0; // how often the dialog was opened
const MOST = 5_000_000; // bytes of a file: twenty notes of 10,000 characters, with room to spare

/** The plan as it stands in the form. */
function written() {
  return plans.make(ids, (name) => fields[name].value);
}

function fill(plan) {
  form.reset();
  for (const [name, text] of plans.texts(plan)) fields[name].value = text;
  show(plan);
}

function show(plan) {
  say(document.getElementById("progress"), plans.progress(plan));
  for (const [id, mark] of marks) mark.textContent = plans.stateOf(plan.answers[id]);
  for (const copy of form.querySelectorAll(".ask__copy")) copy.textContent = copy.previousElementSibling.value;
}

/** Words for those who listen, too: nothing new, nothing said. */
function say(status, words) {
  if (status.textContent !== words) status.textContent = words;
}

function keep() {
  const plan = written();
  const isKept = plans.save(plan);
  say(kept, isKept ? SAVED : "Not saved: this browser keeps nothing. Save it as a file.");
  show(plan);
}

/** Fill the form with what this browser keeps. */
function recall() {
  const { plan, fault } = plans.load(ids);
  fill(plan);
  say(kept, fault || (plans.isBlank(plan) ? "Nothing is written yet." : SAVED));
}

/**
 * Whether the reader means it, asked in the page. A dialog tells a little later that it was closed: by then somebody
 * quick may have opened it again, and that question is still to be answered.
 */
function isSure(question, deed) {
  document.getElementById("sure-head").textContent = question;
  document.getElementById("yes").textContent = deed;
  sure.returnValue = "no";
  sure.showModal();
  const mine = ++asked;
  return new Promise((done) => {
    sure.addEventListener("close", function closed() {
      if (mine === asked && sure.open) return;
      sure.removeEventListener("close", closed);
      done(mine === asked && sure.returnValue === "yes");
    });
  });
}

async function open(file) {
  try {
    if (file.size > MOST) throw new plans.Fault("it is too large to be a plan.");
    const plan = plans.read(await file.text(), ids);
    complain("");
    if (!plans.isBlank(written()) && !(await isSure("Replace the plan that is here?", "Replace it"))) return;
    fill(plan);
    keep();
    fields.title.focus();
  } catch (error) {
    if (!(error instanceof plans.Fault)) throw error;
    complain(`“${file.name}” can’t be opened: ${error.message} Choose a file that “Save it as a file” made.`);
  }
}

function complain(words) {
  document.getElementById("fault").textContent = words;
  opener.ariaInvalid = words ? "true" : null;
}

async function remove() {
  if (!(await isSure("Delete the whole plan from this browser?", "Delete it"))) return;
  plans.forget();
  fill(plans.make(ids, () => ""));
  say(kept, "Deleted. This browser keeps nothing of it.");
}

function stamp() {
  document.getElementById("today").textContent = plans.inWords(new Date());
  document.getElementById("address").textContent = `from ${location.origin}${location.pathname}`;
}

form.addEventListener("input", keep);
opener.addEventListener("change", async () => {
  const [file] = opener.files;
  if (file) await open(file);
  opener.value = ""; // so that the same file can be chosen again
});
document.getElementById("save").addEventListener("click", () => {
  const plan = written();
  offer(plan.title, "json", `${JSON.stringify(plan, null, 2)}\n`);
});
document.getElementById("print").addEventListener("click", () => print());
document.getElementById("delete").addEventListener("click", remove);
addEventListener("storage", recall); // it was changed in another tab
addEventListener("pageshow", (event) => event.persisted && recall());
addEventListener("beforeprint", stamp);
stamp();
recall();
