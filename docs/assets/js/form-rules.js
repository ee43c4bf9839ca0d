// What a draft must keep to beyond the schema, in the words of hooks/casebook/validation/rules.py: as far as the form lets it be broken.

import { bodyProblems, citations, outline } from "./form-body.js";
import { shape, whole } from "./form-shape.js";
import { earliest, runsForwards, shown } from "./form-text.js";

const CITING = ["questions", "pledges", "outcomes", "updates"].map((field) => [field, "*", "sources", "*"]);
const DATES = [
  ["checked"],
  ["period", "from"],
  ["period", "to"],
  ["sources", "*", "published"],
  ["sources", "*", "accessed"],
  ["updates", "*", "date"],
];
const MARKS = ["](", "[^", "**", "`", "</", "<!", "{{"];

/** Every problem of a draft: [{path, field, message, hint}]. `around` is what it is held against. */
export function problems(draft, around) {
  const rules = [datesHaveCome, periodRunsForwards, updatesRunForwards, sourcesExist, sourcesAreCited, addressesDiffer];
  const found = [...rules, pressCitesThePress, plainFieldsArePlain, titlesDiffer].flatMap((rule) => [
    ...rule(draft, around),
  ]);
  return [...shape(draft.front, around), ...found, ...bodyProblems(draft, around)];
}

const problem = (path, message, hint = "") => ({ path, field: path, message, hint });

/** Each [path, text] that fits the pattern, in which "*" fits any key or item. */
function* each(value, [first, ...rest], path = []) {
  if (first === undefined) yield [path, value];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(Object(value));
  for (const key of first === undefined ? [] : keys) {
    if (first === "*" || first === key) yield* each(value[key], rest, [...path, key]);
  }
}

const all = (front, patterns) => patterns.flatMap((pattern) => [...each(front, pattern)]);

function* datesHaveCome({ front }, { today }) {
  for (const [path, text] of all(front, DATES)) {
    if (earliest(text) > today) yield problem(path, `"${text}" is in the future (today is ${today})`);
  }
}

function* periodRunsForwards({ front }) {
  const { from = "", to = "" } = front.period ?? {};
  if (earliest(from) && earliest(to) && !runsForwards(from, to)) {
    yield problem(["period", "to"], `"${to}" is before it began ("${from}")`);
  }
}

function* updatesRunForwards({ front }) {
  let before = "";
  for (const [path, text] of each(front, ["updates", "*", "date"])) {
    if (before && !runsForwards(before, text)) {
      yield problem(path, `"${shown(text)}" comes after a later one, "${shown(before)}"`, "Put the oldest first.");
    }
    before = text;
  }
}

/** Sources are ticked, so that only the text can cite one that isn't there. */
function* sourcesExist({ front, body }, { headings }) {
  const ids = Object.keys(front.sources ?? {});
  const said = new Set(ids);
  for (const { id, section } of ids.length ? citations(outline(body, headings)) : []) {
    if (!said.has(id)) {
      const message = `the citation "[^${shown(id)}]" has no source of that id`;
      yield {
        path: ["body", section],
        field: ["body"],
        message,
        hint: `The sources are: ${ids.map((one) => shown(one)).join(", ")}.`,
      };
    }
    said.add(id);
  }
}

function* sourcesAreCited({ front, body }, { headings }) {
  const cited = new Set([
    ...all(front, CITING).map(([, id]) => id),
    ...citations(outline(body, headings)).map(({ id }) => id),
  ]);
  for (const id of Object.keys(front.sources ?? {})) {
    const hint = `Cite it as [^${shown(id)}] in the body or under an answer, or take it out.`;
    if (!cited.has(id)) yield problem(["sources", id], "never cited", hint);
  }
}

function* addressesDiffer({ front }) {
  const seen = new Map();
  for (const [path, url] of each(front, ["sources", "*", "url"])) {
    if (seen.has(url)) {
      const message = `the same address as the source "${shown(seen.get(url))}"`;
      yield problem(path, message, "Keep one of the two, and cite it in both places.");
    } else seen.set(url, path[1]);
  }
}

function* pressCitesThePress({ front }) {
  for (const [index, { evidence, sources: cited = [] }] of (front.outcomes ?? []).entries()) {
    const kinds = cited.map((id) => front.sources[id].kind);
    if (evidence === "press" && kinds.length && kinds.every(Boolean) && !kinds.includes("press")) {
      const message = '"press", but none of the sources cited is of the kind "press"';
      const hint = "What those who did it say of themselves is self-reported.";
      yield problem(["outcomes", index, "evidence"], message, hint);
    }
  }
}

/** The path of each field that the schema marks as plain text; "*" stands for any entry. */
function* plain(given, schema, path = []) {
  const { plainText, properties = {}, items, additionalProperties } = whole(given, schema);
  if (plainText) yield path;
  for (const [key, node] of Object.entries(properties)) yield* plain(node, schema, [...path, key]);
  for (const node of [items, additionalProperties]) if (node) yield* plain(node, schema, [...path, "*"]);
}

function* plainFieldsArePlain({ front }, { schema }) {
  for (const [path, text] of all(front, [...plain(schema, schema)])) {
    const mark = MARKS.find((one) => text.includes(one));
    if (mark) yield problem(path, `plain text only: "${mark}" would show as typed`);
  }
}

function* titlesDiffer({ front }, { titles }) {
  const same = (title) => title.toLowerCase() === front.title?.toLowerCase();
  const others = Object.keys(titles).filter((slug) => same(titles[slug]));
  if (others.length) {
    const files = others.map((slug) => `case_studies/${slug}.md`).join(", ");
    yield problem(["title"], `the same title as ${files}`);
  }
}
