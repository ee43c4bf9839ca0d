// What a draft must keep to beyond the schema, as in hooks/casebook/validation/rules.py: as far as the form lets it be broken.

import { refusal } from "./addresses.js";
import { bodyProblems, citations, outline } from "./body.js";
import { all, at, each, isAddress, isDated, problem } from "./fields.js";
import { RELATIONS } from "./relations.js";
import { shape } from "./schema-errors.js";
import { earliest, letters, runsForwards, shown } from "./text.js";

const MARKS = ["](", "[^", "**", "`", "</", "<!", "{{"];

/** Every problem of a draft: [{path, field, message, hint}]. `around` is what it is held against. */
export function validate(draft, around) {
  const rules = [
    datesHaveCome,
    updatesRunForwards,
    sourcesExist,
    sourcesAreCited,
    addressesDiffer,
    addressesLeadStraight,
  ];
  const more = [pressCitesThePress, plainFieldsArePlain, titlesDiffer, ...RELATIONS];
  const found = [...rules, ...more].flatMap((rule) => [...rule(draft, around)]);
  return [...shape(draft.front, around), ...found, ...bodyProblems(draft, around)];
}

function* datesHaveCome({ front }, { schema, today, say }) {
  for (const [path, text] of all(front, schema, isDated)) {
    if (earliest(text) > today) yield problem(path, say("dates-have-come", { date: text, today }));
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

function* addressesDiffer({ front }, { schema, say }) {
  const seen = new Map();
  for (const [path, url] of all(front, schema, isAddress)) {
    const address = `${path.at(-1)} ${url}`;
    if (seen.has(address)) yield problem(path, say("addresses-differ", { id: shown(seen.get(address)) }));
    else seen.set(address, path.at(-2));
  }
}

function* addressesLeadStraight({ front }, { schema, say }) {
  for (const [path, url] of all(front, schema, isAddress)) {
    const found = refusal(url, schema.$defs.address.refusals, path.at(-1), at(front, path.slice(0, -1)));
    if (!found) continue;
    const name = found.better ? "addresses-lead-straight" : "addresses-lead-straight.unknown";
    yield problem(path, say(name, { url: shown(url), ...found }));
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

function* titlesDiffer({ front }, { schema, titles, say }) {
  const { lookAlike } = schema.properties.title;
  const same = (title) => letters(title, lookAlike) === letters(front.title ?? "", lookAlike);
  const others = Object.keys(titles).filter((slug) => same(titles[slug]));
  if (others.length) {
    const files = others.map((slug) => `case_studies/${slug}.md`).join(", ");
    yield problem(["title"], say("titles-differ", { files }));
  }
}
