// The form of /contribute/form/, for a new case study or an addition to one. Nothing leaves the browser: the draft is kept in
// localStorage, checked as `casebook check` would, and handed over by its author.
//
// A draft, as it is kept and saved, and as `casebook new --from` reads it:
//   {"version": 1,
//    "slug": "residents-run-the-baths",       the file's name, less .md
//    "front": {"title": "…", …},              the front matter as JSON in the schema's form; what is empty is left out
//    "body": {"The problem": "…", …},         Markdown by heading; what is empty is left out
//    "parked": [{"field": "…", "text": "…"}]} what has no place in the form any more; left out if there is none of it

import { byId, node, setText } from "../dom/elements.js";
import { copy, download } from "../export/download.js";
import { fetchJson, Loading, Outdated } from "../network/loading.js";
import { Autosave } from "../storage/autosave.js";
import { ParkedFields } from "../storage/parked-fields.js";
import { Fault, Store } from "../storage/store.js";
import { renderAnswers } from "./answers.js";
import { comboboxes } from "./combobox.js";
import { DraftForm, isFilled } from "./draft-form.js";
import { ErrorSummary } from "./error-summary.js";
import { fileName, fileText, newFileUrl, newIssueUrl, newMailUrl } from "./file.js";
import { followAddress, openFilled, reveal } from "./folds.js";
import { pasted } from "./markup.js";
import { formatter } from "./messages.js";
import { inWords, Natural } from "./natural.js";
import { renderPreview } from "./preview.js";
import { personalData, validate } from "./rules.js";
import { MAX_ROWS, parseDraft, unplaced } from "./saved-draft.js";
import { showTasks } from "./tasks.js";
import { length } from "./text.js";

const BLANK = { front: {}, body: {}, parked: [] };
const TOO_LONG = "The file is too long for a link that holds it: copy it first, and paste it there.";
const form = byId("form");
const headings = [...form.querySelectorAll("[data-kind=prose]")].map((node) => node.dataset.key);
const today = new Date().toISOString().slice(0, 10);
const errors = new ErrorSummary(byId("errors"));

const loading = new Loading(fetchAll, () => loading.state === "here" || showLoading());
showLoading();
const [schema, terms, cases, { messages }] = await loading.eventually();
const query = new URLSearchParams(location.search);
const key = query.get("add"); // the field to which something is added
let additions; // the module, where something is added
const base = key && (await readBase());
const around = { schema, terms, headings, today, ...cases, name, base, say: formatter(messages) };
const isAddition = Boolean(base) && begin();
const draftForm = new DraftForm(form, { ...around, base: isAddition && base });
let draft;
let isBrought = false; // whether what is shown next was written elsewhere
let isChecked = false; // whether a check was asked for: nothing is called wrong before

/** [schema, terms, cases, messages] of the page's edition. The schema bears no stamp: the browser keeps each edition by itself. */
async function fetchAll(cache) {
  const { edition, schema } = form.dataset;
  const paths = [`${schema}?${edition}`, "terms.json", "cases.json", "messages.json"];
  const files = await Promise.all(paths.map((path) => fetchJson(new URL(path, location.href), cache)));
  if (files.slice(1).some((file) => file.edition !== edition)) throw new Outdated();
  return files;
}

/** The case study that is added to. Without one, the page asks which: an answer is another address. */
async function readBase() {
  const slug = query.get("case");
  if (Object.hasOwn(cases.titles, slug)) {
    const address = new URL(`${form.dataset.cases}${slug}.json`, location.href);
    const reading = new Loading(
      (cache) => Promise.all([import("./additions.js"), fetchJson(address, cache)]),
      () => showState(reading),
    );
    const [module, record] = await reading.eventually();
    additions = module;
    return { ...additions.baseOf(record.case_study), slug };
  }
  byId("waiting").hidden = true;
  for (const [id, title] of Object.entries(cases.titles)) byId("which-case").append(new Option(title, id));
  for (const name of ["add", "question"]) byId(`which-${name}`).value = query.get(name) ?? "";
  form.remove();
  renamePage();
  byId("which").hidden = false;
  showLoading();
  return new Promise(() => {});
}

function renamePage() {
  const heading = byId("writing");
  document.title = document.title.replace(heading.textContent, "Add to a case study");
  heading.textContent = "Add to a case study";
  byId("opening").hidden = true;
}

/** Ask for the addition alone. Returned is whether that can be added to. */
function begin() {
  if (!additions.ask(form, key, query.get("question"), around)) return false;
  const link = byId("adding").querySelector("a");
  link.textContent = base.title;
  link.href = new URL(`../../case-studies/${base.slug}/`, location.href);
  renamePage();
  byId("story-preview").hidden = true;
  byId("adding").hidden = byId("lines-how").hidden = false;
  byId("copy").textContent = "Copy the lines";
  byId("download").textContent = "Download the addition";
  return true;
}

/** Say how it stands with the form. As soon as that is shown, what comes first in it has the focus of whoever tried again. */
function showLoading() {
  showState(loading);
}

function showState(one) {
  setText(byId("trouble"), one.said("The form"));
  const first = document.querySelector("#adding:not([hidden]) a, #which:not([hidden]) select, #tasks a");
  one.offer(byId("again"), first);
}

/** The name of a term or a choice by its id. */
function name(list, id) {
  return schema.$defs[list].oneOf.find((one) => one.const === id)?.title ?? id;
}

/** Read the form, and show everything that follows from it. */
function update() {
  draft = draftForm.read();
  const found = isAddition ? additions.additionProblems(dated(), around, key) : validate(draft, around);
  const left =
    found.length === 0
      ? "Nothing is left to do."
      : `${found.length} ${found.length === 1 ? "thing" : "things"} left to do.`;
  setText(byId("left"), left);
  if (isChecked) errors.show(found, draftForm.places);
  if (found.length) byId("send").hidden = true;
  if (!byId("send").hidden) offer();
  if (!isAddition) renderPreview(byId("preview"), draft, around);
  byId("file").textContent = ways().lines;
  showAnswered();
  showLengths();
  showPersonalData();
  if (isAddition) showDay(dated().front.checked);
  else showTasks(byId("tasks"), form, found, draftForm.places, isFilled);
  return found;
}

function showAnswered() {
  for (const facet of ["questions", "pledges"]) {
    for (const one of draftForm.list(facet).querySelectorAll("details[data-key]")) {
      one.querySelector(".ask__state").textContent = draft.front[facet]?.[one.dataset.key] ? "(written)" : "";
    }
  }
}

const dated = () => additions.withDay(draft, around);

/** What an addition says of the whole case study. */
function showDay(day) {
  byId("looked").hidden = !day;
  setText(byId("looked").querySelector("strong"), day ? inWords(day, schema.writtenDates) : "");
}

/** Said before anything is sent, and refused by nobody. */
function showPersonalData() {
  const lines = personalData(draft, around).map(({ message, hint }) => `${message}. ${hint}`);
  const told = [...new Set(lines)].map((line) => node("li", {}, line));
  byId("private").hidden = told.length === 0;
  byId("private")
    .querySelector("ul")
    .replaceChildren(...told);
}

function showLengths() {
  for (const place of form.querySelectorAll("[data-tally]")) {
    const words = place.previousElementSibling.value.replace(/\[\^[^\]]*\]/g, "").match(/\S+/g) ?? [];
    place.textContent = words.length ? `${words.length} ${words.length === 1 ? "word" : "words"}` : "";
  }
  for (const place of form.querySelectorAll("[data-most]")) {
    const most = Number(place.dataset.most);
    const used = length(place.previousElementSibling.value);
    place.textContent = used ? `${used} of at most ${most} characters` : "";
  }
}

const slug = () => (isAddition ? base.slug : fileName(draft.front.title ?? "", around));

const isBlank = ({ front: { added, checked, ...others }, body }) =>
  [added, checked].every((day) => [today, undefined].includes(day)) &&
  Object.keys({ ...others, ...body, ...parked.saved }).length === 0;

const saved = (space) => JSON.stringify({ version: 1, slug: slug(), ...draft, ...parked.saved }, null, space);

/** The draft as it is kept; null if nothing is written. */
const text = () => (isBlank(draft) ? null : saved());

/** Show a draft, or the blank form. What has no place in it is parked. */
function show(text) {
  const read = text === null ? BLANK : parseDraft(text, schema);
  const days = isAddition ? key === "checked" && { checked: today } : { added: today, checked: today };
  const given = { ...read, front: { ...days, ...read.front } };
  draftForm.fill(given);
  parked.show([...read.parked, ...unplaced(given, draftForm.read())]);
  if (isBrought) natural.settleAll();
  isBrought = false;
  openFilled(form, isFilled);
  if (isAddition) byId("more").open = Object.keys(read.front).some((name) => ![key, "sources"].includes(name));
  isChecked = false;
  errors.show([], new Map());
  byId("send").hidden = true;
  update();
}

/** A file from elsewhere as a draft. */
const convert = (text, file) => (/\.(md|markdown|txt)$/i.test(file) ? bring(text) : text);

/** A text from elsewhere as a draft, in which what is written as people write it will be kept as the file has it. */
async function bring(text) {
  const { asDraft } = await import("./brought.js").catch(() => {
    throw new Fault("what reads it could not be loaded.");
  });
  const draft = asDraft(text, around, (facet, typed) => draftForm.idOf(facet, typed));
  isBrought = draft !== text;
  return draft;
}

/** Who comes from where something is missing has it before them (?question=risk&theme=libraries, ?council=bury). */
function prefill() {
  if (isAddition) return update();
  const question = [...draftForm.list("questions").querySelectorAll("details")].find((one) =>
    query.getAll("question").includes(one.dataset.key),
  );
  if (question) question.open = true;
  for (const [name, facet] of [
    ["theme", "themes"],
    ["council", "councils"],
  ]) {
    const term = terms.facets[facet].find(({ id }) => id === query.get(name));
    if (term && !draft.front[facet]) draftForm.put(draftForm.list(facet), [term.id]);
  }
  update();
}

/** The ways to hand it over, as it is now. */
function ways() {
  if (isAddition) return additions.handover(dated(), { ...form.dataset, schema, slug: base.slug });
  const { repository, contact } = form.dataset;
  const { title = "" } = draft.front;
  const file = fileText(draft, around);
  const propose = newFileUrl(repository, slug(), file);
  const issue = newIssueUrl(repository, title, file);
  return {
    lines: file,
    name: `${slug()}.md`,
    file,
    propose: propose ?? `${repository}/new/main/case_studies?filename=${slug()}.md`,
    proposeHow: propose ? "" : TOO_LONG,
    issue: issue ?? `${repository}/issues/new?title=${encodeURIComponent(title)}`,
    issueHow: issue ? "" : TOO_LONG,
    mail: newMailUrl(contact, title, "The case study is in the file that I attach.\n"),
  };
}

/** Offer them. */
function offer() {
  const { propose, proposeHow, issue, issueHow, mail } = ways();
  byId("propose").href = propose;
  byId("issue").href = issue;
  if (byId("by-mail")) byId("by-mail").href = mail;
  setText(byId("propose-how"), proposeHow);
  setText(byId("issue-how"), issueHow);
  renderAnswers(byId("answers"), draftForm.places);
  setText(byId("copied"), "");
  byId("by-hand").hidden = true;
}

form.addEventListener("input", (event) => {
  if (event.target.closest("[data-kind=sources]")) draftForm.offerSources();
  update();
  autosave.save();
});
form.addEventListener("paste", (event) => {
  const kind = event.target.closest("[data-kind]")?.dataset.kind;
  const text = event.clipboardData.getData("text/plain");
  const meant = /^(text|prose)$/.test(kind) ? pasted(text, kind === "prose") : text;
  if (meant === text) return;
  event.preventDefault();
  document.execCommand("insertText", false, meant); // the one way that Undo knows of
});
form.addEventListener("change", ({ target }) => {
  const row = target.closest("[data-kind=sources] [data-row]");
  if (!row) return;
  const id = draftForm.sourceIds().get(row.dataset.id) ?? ""; // made from the publisher, and none twice
  if (target.id.endsWith("-publisher") || target.id.endsWith("-id")) byId(`${row.dataset.id}-id`).value = id;
});
form.addEventListener("click", ({ target }) => {
  const button = target.closest("button[type=button]");
  if (!button) return;
  if ("remove" in button.dataset) return remove(button.closest("[data-row]"));
  if ("add" in button.dataset) return add(button.closest("[data-key]"));
  if (button.dataset.cite) cite(button);
  update();
  autosave.save();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  natural.settleAll();
  isChecked = true;
  if (update().length) return errors.focus();
  offer();
  byId("send").hidden = false;
  byId("send").focus();
});
byId("copy").addEventListener("click", async () => {
  const isCopied = await copy(ways().lines, byId("by-hand"));
  setText(byId("copied"), isCopied ? "Copied." : "The browser does not let this page copy. Copy the text below.");
});
byId("download").addEventListener("click", () => download(ways().name, ways().file));
byId("export").addEventListener("click", () => {
  download(`${slug()}.json`, `${saved(2)}\n`);
  autosave.exported();
});
byId("delete").addEventListener("click", () => autosave.replace(null, "Your draft is deleted."));
byId("bring").addEventListener("click", async () => {
  const { value } = byId("pasted");
  if (!value.trim()) return byId("pasted").focus();
  setText(byId("unbrought"), "");
  try {
    autosave.replace(await bring(value), "Your text is put into the form.");
    byId("pasted").value = "";
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    setText(byId("unbrought"), `It can’t be put into the form: ${error.message}`);
  }
});
addEventListener("beforeprint", copyForPaper);
addEventListener("afterprint", removeCopies);

/** Add a row to a list, unless the draft could not be read again. */
function add(list) {
  if (form.querySelectorAll("[data-row]").length >= MAX_ROWS) {
    return setText(byId("left"), `The form holds at most ${MAX_ROWS} rows. Remove one first.`);
  }
  draftForm.add(list).querySelector("input, textarea").focus();
  update();
  autosave.save();
}

/** Take a row out; what stood in it can be put back. */
function remove(row) {
  const { label } = row.dataset;
  const wasFilled = isFilled(row);
  const list = row.parentElement.closest("[data-key]");
  const putBack = draftForm.remove(row);
  update();
  list.querySelector("[data-add]").focus();
  if (!wasFilled) return autosave.save();
  autosave.removed(`${label} is removed.`, () => {
    putBack();
    update();
    return row.querySelector("input, textarea");
  });
}

/** A parish that was named as a council becomes a partner. */
function makePartner(box) {
  const row = draftForm.add(draftForm.list("partners"));
  const [named] = row.querySelectorAll("input[type=text]");
  named.value = box.value;
  draftForm.put(row.querySelector("[data-key=kind]"), "parish");
  box.value = "";
  byId(`${box.id}-kept`).replaceChildren();
  reveal(row);
  update();
  autosave.save();
  named.focus();
}

/** A field cuts off on paper what is long: a copy stands there in its place. */
function copyForPaper() {
  for (const field of form.querySelectorAll("textarea, [type=text]"))
    field.after(node("div", { class: "ask__copy" }, field.value));
}

function removeCopies() {
  for (const copy of form.querySelectorAll(".ask__copy")) copy.remove();
}

/** Put a citation where the writing goes on, unless it stands there. */
function cite(button) {
  const text = button.closest("[data-key]").querySelector("textarea");
  const { value, selectionEnd: at } = text;
  const mark = `[^${button.dataset.cite}]`;
  if (!value.slice(0, at).endsWith(mark)) text.setRangeText(mark, at, at, "end");
  text.focus();
}

const parked = new ParkedFields((back) => autosave.removed("The parts without a place are thrown away.", back));
const natural = new Natural(form, around, makePartner);
comboboxes(form, terms);
show(null);
form.hidden = byId("drafts").hidden = false;
byId("tasks").hidden = byId("brought").hidden = isAddition;
byId("waiting").hidden = true;
if (isAddition) {
  const title = form.querySelector("h2");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}
showLoading();
const kept = isAddition ? `casebook-addition:${base.slug}` : "casebook-draft";
const autosave = new Autosave(new Store(kept), { text, show, prefill, convert });
autosave.importFrom(byId("import"));
addEventListener("hashchange", followAddress);
followAddress();
