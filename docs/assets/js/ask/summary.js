// The summary. The table is complete HTML, and blank; this fills it with the plan, what is not yet answered first.

import { byId, node } from "../dom/elements.js";
import { offer } from "../export/download.js";
import { markdown } from "../export/markdown.js";
import { Fault, Store } from "../storage/store.js";
import * as plans from "./plan.js";

const sheet = byId("sheet");
const heading = byId("title");
const about = byId("about");
const own = { heading: heading.textContent, about: about.textContent };
const rows = new Map([...sheet.querySelectorAll("[data-question]")].map((row) => [row.dataset.question, row]));
const ids = [...rows.keys()];
const store = new Store(plans.KEY);
let plan;

function show() {
  const fault = load();
  heading.textContent = plan.title || own.heading;
  about.textContent = fault || (plans.isBlank(plan) ? own.about : lines().join(" · "));
  for (const id of plans.ordered(plan)) {
    const [, ...cells] = rows.get(id).cells;
    for (const [place, cell] of cells.entries()) write(cell, words(plan.answers[id])[place]);
    rows.get(id).parentNode.append(rows.get(id));
  }
}

/** Read the plan that this browser keeps, or else a blank one; and say what is wrong with the one kept. */
function load() {
  const text = store.read();
  plan = plans.blank(ids);
  try {
    if (text !== null) plan = plans.read(text, ids);
    return "";
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return `What this browser kept can’t be read: ${error.message}`;
  }
}

/** What stands under the title. */
function lines() {
  const today = `as of ${plans.inWords(new Date())}`;
  return [plan.organisation, plans.progress(plan), today].filter(Boolean);
}

/** An answer as the table shows it, cell by cell. */
function words(answer) {
  if (plans.isBlank(plan)) return ["", "", "", "", ""];
  const state = plans.stateOf(answer);
  const due = answer.due && plans.inWords(plans.dueDay(answer));
  return [state[0].toUpperCase() + state.slice(1), answer.note, answer.action, answer.owner, due];
}

/** Text with its line breaks, as Word keeps them too. */
function write(cell, text) {
  const broken = (line, place) => (place ? [node("br"), line] : [line]);
  cell.replaceChildren(...text.split("\n").flatMap(broken));
}

/** The sheet as a page of its own, which Word opens. */
function page() {
  const made = document.implementation.createHTMLDocument(heading.textContent);
  made.head.prepend(node("meta", { charset: "utf-8" }));
  made.documentElement.lang = "en-GB";
  made.body.append(...made.importNode(sheet, true).childNodes);
  made.querySelector(".sheet__tools").remove();
  made.querySelector("table").border = "1";
  for (const cell of made.querySelectorAll("th, td")) [cell.align, cell.vAlign] = ["left", "top"];
  return `<!doctype html>\n${made.documentElement.outerHTML}\n`;
}

byId("print").addEventListener("click", () => print());
byId("word").addEventListener("click", () => offer(plan.title, "html", page()));
byId("markdown").addEventListener("click", () => {
  const shown = plans.ordered(plan).map((id) => rows.get(id));
  offer(plan.title, "md", markdown(heading.textContent, about.textContent, shown));
});
store.subscribe(show);
show();
