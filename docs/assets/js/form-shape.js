// What JSON Schema finds in a draft, in the words of hooks/casebook/shapes.py.
//
// An interpreter of the keywords that a draft can break, and not ajv's standalone code: compiled with the vocabularies that
// is 55 kB compressed (14.6 kB with bare lists of ids) and would know the vocabularies of the day on which it was compiled;
// this reads the published schema. A form can't make wrong types, unknown fields or unknown choices, so nothing speaks of them.

import { isReal, length, shown } from "./form-text.js";
import { nearest } from "./form-meant.js";

/** By keyword, the weightiest first: whether a value breaks it. */
const BREAKS = {
  minLength: (value, least) => length(value) < least,
  minItems: (value, least) => value.length < least,
  minProperties: (value, least) => Object.keys(value).length < least,
  maxItems: (value, most) => value.length > most,
  maxProperties: (value, most) => Object.keys(value).length > most,
  uniqueItems: (value) => new Set(value).size < value.length,
  oneOf: (value, choices) => !choices.some((choice) => choice.const === value),
  pattern: (value, pattern) => !new RegExp(pattern, "u").test(value),
  maxLength: (value, most) => length(value) > most,
  format: (value) => !isReal(value),
};
const WEIGHTS = ["required", ...Object.keys(BREAKS)];

/** What is said of each: a message, and a hint where it is not the field's help. */
const WORDS = {
  minLength: ({ value, rule }) => [`too short: ${length(value)} characters, at least ${rule}`],
  minItems: () => ["is empty: give at least one"],
  minProperties: () => ["is empty: give at least one"],
  maxItems: ({ value, rule }) => [`${value.length} are too many: at most ${rule}`],
  maxProperties: ({ value, rule }) => [`${Object.keys(value).length} are too many: at most ${rule}`],
  pattern: ({ value, node }) => [`"${shown(value)}" ${node.errorMessage}`],
  maxLength: ({ value, rule }) => [`too long: ${length(value).toLocaleString("en-GB")} characters, at most ${rule}`],
  format: ({ value }) => [`"${shown(value)}" is not a real date`],
  oneOf: ({ value, node }, schema, terms) => {
    const facet = Object.keys(terms.facets).find((name) => schema.$defs[name] === node);
    const guesses = nearest(value, terms.facets[facet], terms.generic).map((guess) => `"${guess}"`);
    const meant = guesses.length ? `Did you mean ${guesses.join(" or ")}? ` : "";
    return [`"${shown(value)}" is not one of ${node.title}.`, `${meant}All of them are in schema/${facet}.yml.`];
  },
};

/** Yield one problem for each mistake of shape. */
export function* shape(front, { schema, terms }) {
  const faults = [...find(schema, front, [], schema)];
  faults.sort((one, other) => WEIGHTS.indexOf(one.keyword) - WEIGHTS.indexOf(other.keyword));
  const said = new Set();
  for (const fault of faults) {
    for (const problem of spoken(fault, schema, terms)) {
      const place = JSON.stringify(problem.path);
      if (!said.has(place)) yield problem;
      said.add(place);
    }
  }
}

function* find(node, value, path, schema) {
  for (const [keyword, rule] of Object.entries(node)) {
    if (keyword === "required") {
      for (const name of rule) if (!(name in value)) yield { keyword, path: [...path, name] };
    } else if (BREAKS[keyword]?.(value, rule)) {
      yield { keyword, path, value, rule, node };
    } else {
      yield* within(keyword, node, value, path, schema);
    }
  }
}

/** Go down into what the keyword holds. */
function* within(keyword, node, value, path, schema) {
  const rule = node[keyword];
  const child = (key) => find(keyword === "properties" ? rule[key] : rule, value[key], [...path, key], schema);
  if (keyword === "$ref") yield* find(schema.$defs[rule.replace("#/$defs/", "")], value, path, schema);
  if (keyword === "properties") for (const key of Object.keys(rule)) if (key in value) yield* child(key);
  if (keyword === "additionalProperties" && rule) for (const key of Object.keys(value)) yield* child(key);
  if (keyword === "items") for (const key of value.keys()) yield* child(key);
  if (keyword === "if" && holds(rule, value)) yield* find(node.then, value, path, schema);
  if (keyword !== "propertyNames") return;
  for (const key of Object.keys(value)) {
    for (const fault of find(rule, key, [...path, key], schema)) yield { ...fault, isOfKey: true };
  }
}

/** Whether an `if` is met: the schema has but one, of constants. */
const holds = (rule, value) => Object.entries(rule.properties).every(([key, one]) => value[key] === one.const);

function* spoken(fault, schema, terms) {
  const { keyword, path, value, isOfKey } = fault;
  const field = isOfKey ? path.slice(0, -1) : path;
  const help = helpFor(schema, field);
  if (keyword === "required") {
    yield { path, field, message: "is missing", hint: help };
  } else if (keyword === "uniqueItems") {
    for (const [index, item] of value.entries()) {
      if (value.indexOf(item) === index) continue;
      const there = [...path, index];
      yield { path: there, field: there, message: `"${shown(item)}" is given twice`, hint: "Keep one of the two." };
    }
  } else {
    const [message, hint] = WORDS[keyword](fault, schema, terms);
    yield { path, field, message, hint: hint ?? help };
  }
}

/** The description of the field at the path, or of the nearest one around it. */
function helpFor(schema, path) {
  let [node, words] = [schema, ""];
  for (const part of path) {
    const whole = { ...schema.$defs[node.$ref?.replace("#/$defs/", "")], ...node };
    node = whole.properties?.[part] ?? whole.items ?? (whole.additionalProperties || {});
    words = node.description ?? words;
  }
  return words;
}
