// What a draft must keep to beyond the schema, as in hooks/casebook/validation/rules.py: as far as the form lets it be broken.

import { bodyProblems, citations, codeOf, ofAddress, ofText, outline } from "./body.js";
import { all, at, each, isAddress, isDated, problem } from "./fields.js";
import { found, unescaped } from "./markup.js";
import { RELATIONS } from "./relations.js";
import { shape } from "./schema-errors.js";
import { earliest, letters, runsForwards, shown, unseen } from "./text.js";

const PERSONAL = "nobody-private-is-named";

/** Every problem of a draft, [{path, field, message, hint}], held against `around`. */
export function validate(draft, around) {
  const ofSources = [sourcesExist, sourcesAreCited, addressesDiffer, addressesLeadStraight, pressCitesThePress];
  const rules = [datesHaveCome, updatesRunForwards, nothingShowsAsTyped, titlesCanBeReadAndDiffer, ...RELATIONS];
  const found = [...ofSources, ...rules].flatMap((rule) => [...rule(draft, around)]);
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

/** Sources are ticked: only the text can cite one that isn't there. */
function* sourcesExist({ front, body }, { headings, say }) {
  const ids = Object.keys(front.sources ?? {});
  const said = new Set(ids);
  for (const { id, section } of ids.length ? citations(outline(body, headings)) : []) {
    if (!said.has(id) && !said.has(id.toLowerCase())) {
      const known = ids.map((one) => shown(one)).join(", ");
      const words = say("citations-have-sources.body", { id: shown(id), ids: known });
      yield { path: ["body", section], field: ["body"], ...words };
    }
    said.add(id);
  }
}

function* sourcesAreCited({ front, body }, { schema, headings, say }) {
  const ids = all(front, schema, (node) => node.$ref === "#/$defs/citations").flatMap(([, cited]) => cited);
  const cited = new Set([...ids, ...citations(outline(body, headings)).map(({ id }) => id.toLowerCase())]);
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

/** What has the wrong shape, `shape` says. */
function* addressesLeadStraight({ front }, { schema, say }) {
  const { pattern } = schema.$defs.address;
  for (const [path, url] of all(front, schema, isAddress)) {
    const hidden = unseen(unescaped(url));
    if (hidden) yield problem(path, say("characters-can-be-seen", { code: codeOf(hidden) }));
    if (!new RegExp(pattern).test(url)) continue;
    for (const words of ofAddress(url, schema, path.at(-1), at(front, path.slice(0, -1)), say))
      yield problem(path, words);
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

function* nothingShowsAsTyped({ front }, around) {
  for (const [path, text] of all(front, around.schema, (node) => node.plainText)) {
    for (const words of ofText(text, "fields", around, front)) yield problem(path, words);
  }
}

/** What may tell of a private person: nothing is refused for it. */
export function personalData({ front, body }, { schema, say }) {
  const texts = [
    ...Object.values(body),
    ...all(front, schema, (node) => node.plainText || node.format === "address").map(([, text]) => text),
  ];
  return texts.flatMap((text) =>
    [...found(unescaped(text), schema.personalData)].map(({ mark, kind }) =>
      say(PERSONAL, { text: shown(mark.trim()), what: kind.is }),
    ),
  );
}

function* titlesCanBeReadAndDiffer({ front }, { schema, titles, say }) {
  const { lookAlike } = schema.properties.title;
  if (front.title && !letters(front.title, lookAlike)) {
    yield problem(["title"], say("titles-can-be-read", { title: shown(front.title) }));
  }
  const same = (title) => letters(title, lookAlike) === letters(front.title ?? "", lookAlike);
  const others = Object.keys(titles).filter((slug) => same(titles[slug]));
  if (others.length) {
    const files = others.map((slug) => `case_studies/${slug}.md`).join(", ");
    yield problem(["title"], say("titles-differ", { files }));
  }
}
