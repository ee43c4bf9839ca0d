// The form of /contribute/form/: nothing leaves the browser. The draft is kept in localStorage, checked as `casebook check`
// would, shown as a page and as a file, and handed over by the person who wrote it.
//
// A draft, as it is kept and saved, and as `casebook new --from` reads it:
//   {"version": 1,
//    "slug": "residents-run-the-baths",       the file's name, less .md
//    "front": {"title": "…", …},              the front matter as JSON in the schema's form; what is empty is left out
//    "body": {"The problem": "…", …}}         Markdown by heading; what is empty is left out

import { fetchJson, Loading, Outdated } from "./fetching.js";
import { DraftForm } from "./form-draft.js";
import { Errors } from "./form-errors.js";
import { fileName, fileText, newFile, newIssue } from "./form-file.js";
import { preview } from "./form-preview.js";
import { problems } from "./form-rules.js";
import { comboboxes } from "./form-terms.js";
import { length } from "./form-text.js";
import { say } from "./nodes.js";

const KEPT = "casebook-draft";
const at = (id) => document.getElementById(id);
const form = at("form");
const headings = [...form.querySelectorAll("[data-kind=prose]")].map((node) => node.dataset.key);
const today = new Date().toISOString().slice(0, 10);
const errors = new Errors(at("errors"));

const loading = new Loading(fetchAll, () => loading.state === "here" || showLoading());
showLoading();
const [schema, terms, cases] = await loading.eventually();
const around = { schema, terms, headings, today, ...cases, name };
const draftForm = new DraftForm(form, terms);
let draft;
let isChecked = false; // whether somebody has asked for a check: no field is called wrong before

/** [schema, terms, cases] of the page's edition. The schema bears no stamp: the browser keeps each edition by itself. */
async function fetchAll(cache) {
  const { edition, schema } = form.dataset;
  const paths = [`${schema}?${edition}`, "terms.json", "cases.json"];
  const files = await Promise.all(paths.map((path) => fetchJson(new URL(path, location.href), cache)));
  if (files.slice(1).some((file) => file.edition !== edition)) throw new Outdated();
  return files;
}

/** Say how it stands with the form. As soon as that is shown, its first field has the focus of whoever tried again. */
function showLoading() {
  say(at("trouble"), loading.said("The form"));
  loading.offer(at("again"), form.querySelector("input"));
}

/** The name of a term or a choice by its id. */
function name(list, id) {
  return schema.$defs[list].oneOf.find((one) => one.const === id)?.title ?? id;
}

/** Read the form, and show everything that follows from it. */
function update() {
  draft = draftForm.read();
  const found = problems(draft, around);
  const left =
    found.length === 0
      ? "Nothing is left to do."
      : `${found.length} ${found.length === 1 ? "thing" : "things"} left to do.`;
  if (at("left").textContent !== left) at("left").textContent = left;
  if (isChecked) errors.show(found, draftForm.places);
  if (found.length) at("send").hidden = true;
  preview(at("preview"), draft, around);
  at("file").textContent = fileText(draft, around);
  showAnswered();
  showLengths();
  return found;
}

function showAnswered() {
  for (const facet of ["questions", "pledges"]) {
    for (const one of draftForm.list(facet).querySelectorAll("details")) {
      one.querySelector(".ask__state").textContent = draft.front[facet]?.[one.dataset.key] ? "(written)" : "";
    }
  }
}

function showLengths() {
  for (const place of form.querySelectorAll(".ask__left")) {
    const most = Number(place.dataset.most);
    place.textContent = `${length(place.previousElementSibling.value)} of at most ${most} characters`;
  }
}

const saved = () => ({ version: 1, slug: fileName(draft.front.title ?? "", around), ...draft });

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(saved()));
    at("kept").textContent = "Your draft is kept in this browser. Nothing is sent.";
  } catch {
    at("kept").textContent = "This browser keeps no drafts. Save yours as a file before you leave.";
  }
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {}; // storage is forbidden, or what was kept is no draft
  }
}

/** Fill the form anew. */
function fill({ front, body }) {
  draftForm.fill({ front: { checked: today, ...Object(front) }, body });
  update();
}

/** Who comes from an empty place of the gaps has its question and theme before them (?question=risk&theme=libraries). */
function prefill() {
  const query = new URLSearchParams(location.search);
  const question = [...draftForm.list("questions").querySelectorAll("details")].find((one) =>
    query.getAll("question").includes(one.dataset.key),
  );
  if (question) question.open = true;
  const theme = terms.facets.themes.find(({ id }) => id === query.get("theme"));
  if (theme && !draft.front.themes) draftForm.put(draftForm.list("themes"), [theme.id]);
  update();
}

/** Offer the ways to hand the file over. */
function offer() {
  const text = fileText(draft, around);
  const slug = fileName(draft.front.title, around);
  const { repository } = form.dataset;
  const propose = newFile(repository, slug, text);
  const issue = newIssue(repository, draft.front.title, text);
  at("propose").href = propose ?? `${repository}/new/main/case_studies?filename=${slug}.md`;
  at("propose-how").textContent = propose
    ? ""
    : "The file is too long for a link that holds it: copy it first, and paste it there.";
  at("issue").href = issue ?? `${repository}/issues/new?title=${encodeURIComponent(draft.front.title)}`;
  at("issue-how").textContent = issue
    ? ""
    : "The file is too long for a link that holds it: copy it first, and paste it there.";
  handOut(at("download"), `${slug}.md`, text, "text/markdown");
  at("send").hidden = false;
  at("send").focus();
}

/** Make a link hand a text out as a file. */
function handOut(link, file, text, type) {
  if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = file;
}

async function open(file) {
  try {
    const read = JSON.parse(await file.text());
    if (read?.version !== 1) throw new SyntaxError("no draft");
    fill(read);
    keep();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    at("kept").textContent = `${file.name} is not a draft that this form has saved. Nothing was changed.`;
  }
}

form.addEventListener("input", (event) => {
  if (event.target.closest("[data-kind=sources]")) draftForm.offerSources();
  update();
  keep();
});
form.addEventListener("change", ({ target }) => {
  const row = target.closest("[data-kind=sources] [data-row]");
  if (!row) return;
  const id = draftForm.sourceIds().get(row.dataset.id) ?? ""; // made from the publisher, and none twice
  if (target.id.endsWith("-publisher") || target.id.endsWith("-id")) at(`${row.dataset.id}-id`).value = id;
});
form.addEventListener("click", ({ target }) => {
  const button = target.closest("button[type=button]");
  if (!button) return;
  if ("add" in button.dataset) draftForm.add(button.closest("[data-key]")).querySelector("input, textarea").focus();
  if ("remove" in button.dataset) draftForm.remove(button.closest("[data-row]")).querySelector("[data-add]").focus();
  if (button.dataset.cite) cite(button);
  update();
  keep();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  isChecked = true;
  if (update().length) errors.focus();
  else offer();
});
at("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(fileText(draft, around));
  at("copied").textContent = "Copied.";
});
at("export").addEventListener("click", ({ currentTarget }) => {
  const { slug } = saved();
  handOut(currentTarget, `${slug}.json`, `${JSON.stringify(saved(), null, 2)}\n`, "application/json");
});
at("import").addEventListener("change", ({ target }) => open(target.files[0]));
at("delete").addEventListener("click", () => {
  isChecked = false;
  errors.show([], new Map());
  fill({});
  localStorage.removeItem(KEPT);
  at("kept").textContent = "Your draft is deleted.";
});

/** Put a citation where the writing goes on. */
function cite(button) {
  const text = button.closest("[data-key]").querySelector("textarea");
  text.setRangeText(`[^${button.dataset.cite}]`, text.selectionStart, text.selectionEnd, "end");
  text.focus();
}

comboboxes(form, terms);
form.hidden = at("drafts").hidden = false;
at("waiting").hidden = true;
showLoading();
fill(recall());
prefill();
at("kept").textContent = "Your draft is kept in this browser. Nothing is sent.";
