// What the fields of a draft must be to each other, as in hooks/casebook/validation/relations.py.

import { all, at, each, isDated, nodeAt, pattern, problem } from "./fields.js";
import { whole } from "./schema-errors.js";
import { earliest, runsForwards, shown } from "./text.js";

const related = (schema, keyword) => schema[keyword].map((names) => names.map(pattern));
const title = (schema, path) => whole(nodeAt(schema, path), schema).title;
const titles = (schema, path, other) => ({ title: title(schema, path), other: title(schema, other) });
/** The path that fits the pattern in the same entry. */
const beside = (path, other) => other.map((part, step) => (part === "*" ? path[step] : part));

function* inOrder({ front }, { schema, today, say }) {
  for (const [first, second] of related(schema, "inOrder")) {
    for (const [path, before] of each(front, first)) {
      const other = beside(path, second);
      const after = at(front, other);
      if (!before || !after || earliest(before) > today || isInOrder(before, after)) continue;
      const isLast = first.includes("*") && !second.includes("*");
      const name = isLast ? "in-order.late" : earliest(after) ? "in-order" : "in-order.number";
      yield problem(isLast ? path : other, say(name, { before, after, ...titles(schema, path, other) }));
    }
  }
}

function isInOrder(before, after) {
  if (/^\d+$/.test(before) && /^\d+$/.test(after)) return Number(before) <= Number(after);
  return !earliest(before) || !earliest(after) || runsForwards(before, after);
}

function* exactlyOne({ front }, { schema, say }) {
  const said = new Set();
  for (const [one, other] of related(schema, "exactlyOne")) {
    for (const [owner] of each(front, one.slice(0, -1))) {
      const path = [...owner, one.at(-1)];
      const paths = [path, beside(path, other)];
      const given = paths.filter((each) => at(front, each) !== undefined);
      const words = titles(schema, ...paths);
      if (given.length === 2) yield problem(given[1], say("exactly-one", words));
      else if (!given.length && !said.has(String(owner))) {
        said.add(String(owner));
        yield problem(path, say("exactly-one.missing", words));
      }
    }
  }
}

function* atLeastOne({ front }, { schema, say }) {
  for (const [one, other] of related(schema, "atLeastOne")) {
    if (!at(front, one) && !at(front, other)) yield problem(one, say("at-least-one", titles(schema, one, other)));
  }
}

function* endsOnlyIfOver({ front }, { schema, say }) {
  const status = schema.$defs.status.oneOf.find((one) => one.const === front.status);
  if (front.period?.to && status && !status.isOver) {
    yield problem(["period", "to"], say("ends-only-if-over", { status: status.title }));
  }
}

function* notFoundIsNotAnswered({ front }, { say }) {
  for (const [path, id] of each(front, ["not_found", "*"])) {
    if (front.questions?.[id]) yield problem(path, say("not-found-is-not-answered", { id: shown(id) }));
  }
}

function* evaluationsAreIndependent({ front }, { say }) {
  for (const [index, { evidence, sources = [] }] of (front.outcomes ?? []).entries()) {
    const isOwn = sources.length > 0 && sources.every((id) => front.sources[id].kind === "council");
    if (evidence === "independent-evaluation" && isOwn) {
      yield problem(["outcomes", index, "evidence"], say("evaluations-are-independent"));
    }
  }
}

function* datesArePlausible({ front }, { schema, say }) {
  for (const [path, date] of all(front, schema, isDated)) {
    const first = whole(nodeAt(schema, path), schema).format === "day" ? "2000" : "1800";
    if (earliest(date) && date.slice(0, 4) < first) yield problem(path, say("dates-are-plausible", { date, first }));
  }
}

export const RELATIONS = [
  inOrder,
  exactlyOne,
  atLeastOne,
  endsOnlyIfOver,
  notFoundIsNotAnswered,
  evaluationsAreIndependent,
  datesArePlausible,
];
