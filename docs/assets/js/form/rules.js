// What a draft must keep to beyond the schema, as in hooks/casebook/validation/rules.py: as far as the form lets it be broken.

import { bodyProblems, citations, outline } from "./body.js";
import { shape, whole } from "./schema-errors.js";
import { earliest, runsForwards, shown } from "./text.js";

const MARKS = ["](", "[^", "**", "`", "</", "<!", "{{"];

/** Every problem of a draft: [{path, field, message, hint}]. `around` is what it is held against. */
export function validate(draft, around) {
  const rules = [datesHaveCome, periodRunsForwards, updatesRunForwards, sourcesExist, sourcesAreCited, addressesDiffer];
  const found = [...rules, pressCitesThePress, plainFieldsArePlain, titlesDiffer].flatMap((rule) => [
    ...rule(draft, around),
  ]);
  return [...shape(draft.front, around), ...found, ...bodyProblems(draft, around)];
}

const problem = (path, words) => ({ path, field: path, ...words });

/** Each [path, text] that fits the pattern, in which "*" fits any key or item. */
function* each(value, [first, ...rest], path = []) {
  if (first === undefined) yield [path, value];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(Object(value));
  for (const key of first === undefined ? [] : keys) {
    if (first === "*" || first === key) yield* each(value[key], rest, [...path, key]);
  }
}

/** The same for all fields that the schema describes so. */
const all = (front, schema, isMeant) => [...paths(schema, schema, isMeant)].flatMap((path) => [...each(front, path)]);

/** The path of each field that the schema describes so; "*" stands for any entry. */
function* paths(given, schema, isMeant, path = []) {
  const node = whole(given, schema);
  const { properties = {}, items, additionalProperties } = node;
  if (isMeant(node)) yield path;
  for (const [key, one] of Object.entries(properties)) yield* paths(one, schema, isMeant, [...path, key]);
  for (const one of [items, additionalProperties]) if (one) yield* paths(one, schema, isMeant, [...path, "*"]);
}

function* datesHaveCome({ front }, { schema, today, say }) {
  for (const [path, text] of all(front, schema, (node) => node.format)) {
    if (earliest(text) > today) yield problem(path, say("dates-have-come", { date: text, today }));
  }
}

function* periodRunsForwards({ front }, { say }) {
  const { from: began = "", to: ended = "" } = front.period ?? {};
  if (earliest(began) && earliest(ended) && !runsForwards(began, ended)) {
    yield problem(["period", "to"], say("period-runs-forwards", { began, ended }));
  }
}

function* updatesRunForwards({ front }, { say }) {
  let before = "";
  for (const [path, text] of each(front, ["updates", "*", "date"])) {
    if (before && !runsForwards(before, text)) {
      yield problem(path, say("updates-run-forwards", { date: shown(text), before: shown(before) }));
    }
    before = text;
  }
}

/** Sources are ticked, so that only the text can cite one that isn't there. */
function* sourcesExist({ front, body }, { headings, say }) {
  const ids = Object.keys(front.sources ?? {});
  const said = new Set(ids);
  for (const { id, section } of ids.length ? citations(outline(body, headings)) : []) {
    if (!said.has(id)) {
      const known = ids.map((one) => shown(one)).join(", ");
      const words = say("citations-have-sources.body", { id: shown(id), ids: known });
      yield { path: ["body", section], field: ["body"], ...words };
    }
    said.add(id);
  }
}

function* sourcesAreCited({ front, body }, { schema, headings, say }) {
  const ids = all(front, schema, (node) => node.$ref === "#/$defs/citations").flatMap(([, cited]) => cited);
  const cited = new Set([...ids, ...citations(outline(body, headings)).map(({ id }) => id)]);
  for (const id of Object.keys(front.sources ?? {})) {
    if (!cited.has(id)) yield problem(["sources", id], say("sources-are-cited", { id: shown(id) }));
  }
}

function* addressesDiffer({ front }, { say }) {
  const seen = new Map();
  for (const [path, url] of each(front, ["sources", "*", "url"])) {
    if (seen.has(url)) yield problem(path, say("addresses-differ", { id: shown(seen.get(url)) }));
    else seen.set(url, path[1]);
  }
}

function* pressCitesThePress({ front }, { say }) {
  for (const [index, { evidence, sources: cited = [] }] of (front.outcomes ?? []).entries()) {
    const kinds = cited.map((id) => front.sources[id].kind);
    if (evidence === "press" && kinds.length && kinds.every(Boolean) && !kinds.includes("press")) {
      yield problem(["outcomes", index, "evidence"], say("press-evidence-cites-the-press"));
    }
  }
}

function* plainFieldsArePlain({ front }, { schema, say }) {
  for (const [path, text] of all(front, schema, (node) => node.plainText)) {
    const mark = MARKS.find((one) => text.includes(one));
    if (mark) yield problem(path, say("plain-fields-are-plain", { mark }));
  }
}

function* titlesDiffer({ front }, { titles, say }) {
  const same = (title) => title.toLowerCase() === front.title?.toLowerCase();
  const others = Object.keys(titles).filter((slug) => same(titles[slug]));
  if (others.length) {
    const files = others.map((slug) => `case_studies/${slug}.md`).join(", ");
    yield problem(["title"], say("titles-differ", { files }));
  }
}
