// What is added to a case study (?case=bramley-baths&add=updates): the form asks for that and its source, and makes of it what
// `casebook apply` reads (hooks/casebook/authoring/additions.py):
//   {"version": 1, "case": "bramley-baths", "add": {"updates": [{…}], "sources": {"dispatch": {…}}}}

import { byId, node } from "../dom/elements.js";
import { closed, parts } from "./draft-form.js";
import { block, fenced, newMailUrl, short } from "./file.js";
import { reveal } from "./folds.js";
import { validate } from "./rules.js";
import { whole } from "./schema-errors.js";
import { earliest, runsForwards } from "./text.js";

const keyed = (list, key) => Object.fromEntries(list.map(({ [key]: id, ...one }) => [id, one]));

/** A case study's front matter, as far as an addition is held against it, by its record in the open data. */
export function baseOf(record) {
  const {
    answers,
    deeds,
    sources,
    agreed: terms,
    ...others
  } = JSON.parse(JSON.stringify(record), (_, value) => value ?? undefined);
  const questions = keyed(answers, "question");
  return { ...others, terms, questions, pledges: keyed(deeds, "pledge"), sources: keyed(sources, "id") };
}

/** The fields that can be added to: lists of groups, groups by ids, and the day of a check. */
const isAddable = (key, schema) => {
  const { items, additionalProperties, byMaintainers } = whole(schema.properties[key] ?? {}, schema);
  const entry = whole(items ?? (additionalProperties || {}), schema);
  return key === "checked" || (!byMaintainers && entry.type === "object");
};

/** Leave of the form what can be added, with what was asked for first and the others closed. Returned is whether it can be. */
export function ask(form, key, question, { base, schema }) {
  if (!isAddable(key, schema)) return false;
  const fields = parts(form).filter((one) => isAddable(one.dataset.key, schema));
  const wanted = [key, "sources"].map((name) => fields.find((one) => one.dataset.key === name));
  const first = key === "checked" ? wanted.slice(0, 1) : wanted;
  const more = closed("Add something else, too", ...fields.filter((one) => !first.includes(one)));
  more.id = "more";
  first[0].querySelector("h2 .soft, h3 .soft")?.remove();
  if (first[0].querySelector("h3")) form.prepend(node("h2", {}, "What is new"));
  byId("private").before(...first, more);
  for (const one of form.querySelectorAll(":scope > .part")) one.remove();
  reveal(first[0]);
  for (const one of key === "checked" ? [] : first) if (one.dataset.kind !== "group") one.dataset.least = 1;
  for (const term of form.querySelectorAll("details[data-key]")) {
    const facet = term.parentElement.closest("[data-key]").dataset.key;
    const isAsked = key === facet && term.dataset.key === question;
    term.hidden = term.dataset.key in base[facet];
    if (isAsked) term.open = true;
    if (isAsked) term.dataset.ticks = "";
  }
  if (first[0].dataset.kind === "rows") first[0].dataset.ticks = "";
  return true;
}

/** What is added, with the day of checking that follows: no source was read after it. */
export function withDay({ front }, { base, today }) {
  const days = Object.values(front.sources ?? {}).map(({ accessed = "" }) => accessed);
  const checked = days
    .filter((day) => earliest(day) && day > base.checked && day <= today)
    .sort()
    .at(-1);
  return { front: checked ? { checked, ...front } : front };
}

/** The case study with what is added. */
function merged(base, { front }) {
  const all = { ...base, ...front };
  for (const [key, value] of Object.entries(front)) {
    if (value.constructor === Object) all[key] = { ...base[key], ...value };
    if (Array.isArray(value)) all[key] = [...(base[key] ?? []), ...value];
  }
  all.updates = [...base.updates];
  for (const one of front.updates ?? []) {
    const later = all.updates.findIndex(({ date }) => !runsForwards(date, one.date ?? ""));
    all.updates.splice(later < 0 ? all.updates.length : later, 0, one);
  }
  all.not_found = base.not_found.filter((id) => !(id in (front.questions ?? {})));
  return all;
}

/** What is wrong with what is added, where it will stand: [{path, field, message, hint}]. */
export function additionProblems(draft, around, key) {
  const { front } = draft;
  if (!Object.keys(front).length) return [{ path: [key], field: [key], ...around.say("shape.required") }];
  const all = merged(around.base, draft);
  const found = validate({ front: all, body: {} }, around).map(({ path: [name, part, ...rest], ...problem }) => {
    const mine = front[name];
    const own = Array.isArray(mine) ? mine.indexOf(all[name][part]) : part;
    const isMine = mine && (part === undefined || own === undefined ? part === undefined : own in Object(mine));
    const path = isMine && (part === undefined ? [name] : [name, own, ...rest]);
    return { ...problem, path, field: path };
  });
  return found.filter(({ path }) => path);
}

/** The ways to hand an addition over. */
export function handover({ front }, { schema, slug, edit, repository, contact }) {
  const ordered = Object.fromEntries(
    Object.keys(schema.properties).flatMap((key) => (key in front ? [[key, front[key]]] : [])),
  );
  const patch = `${JSON.stringify({ version: 1, case: slug, add: ordered }, null, 1)}\n`;
  const title = `Addition to ${slug}`;
  const issue = `${repository}/issues/new?title=${encodeURIComponent(title)}`;
  return {
    lines: `${block(ordered).join("\n")}\n`,
    name: `${slug}-addition.json`,
    file: patch,
    propose: `${edit}${slug}.md`,
    proposeHow: "Copy the lines first, and put each part below its name in the file.",
    issue: short(`${issue}&body=${encodeURIComponent(fenced(patch, "json"))}`) ?? issue,
    issueHow: "Send it as it is: a maintainer applies it.",
    mail: newMailUrl(contact, title, patch),
  };
}
