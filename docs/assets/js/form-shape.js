// What JSON Schema finds in a draft, in the words of hooks/casebook/validation/schema_errors.py.
//
// An interpreter of the keywords that a draft can break, not ajv's standalone code: with the vocabularies compiled in, that
// is 55 kB compressed (14.6 with bare ids), and knows only the vocabularies of the day on which it was compiled. The form
// makes no wrong types, unknown fields or unknown choices, so nothing speaks of them.

import { nearest } from "./form-meant.js";
import { isReal, length, shown } from "./form-text.js";

const size = (value) => Object.keys(value).length;
const tooMany = ({ value, rule }) => `${size(value)} are too many: at most ${rule}`;

/** By keyword, the weightiest first: whether a value breaks it, and what is said then. */
const KEYWORDS = {
  required: [() => false, () => "missing"],
  minLength: [
    (value, least) => length(value) < least,
    ({ value, rule }) => `too short: ${length(value)} characters, at least ${rule}`,
  ],
  maxItems: [(value, most) => size(value) > most, tooMany],
  maxProperties: [(value, most) => size(value) > most, tooMany],
  oneOf: [
    (value, choices) => !choices.some((choice) => choice.const === value),
    ({ value, node }) => `"${shown(value)}" is not one of ${node.title}.`,
  ],
  pattern: [
    (value, pattern) => !new RegExp(pattern, "u").test(value),
    ({ value, node }) => `"${shown(value)}" ${node.errorMessage}`,
  ],
  maxLength: [
    (value, most) => length(value) > most,
    ({ value, rule }) => `too long: ${length(value).toLocaleString("en-GB")} characters, at most ${rule}`,
  ],
  format: [(value) => !isReal(value), ({ value }) => `"${shown(value)}" is not a real date`],
};
const WEIGHTS = Object.keys(KEYWORDS);
/** Of two limits, the lower one says more. */
const weight = ({ keyword, rule }) => WEIGHTS.indexOf(keyword) + (keyword === "maxLength" ? rule / 1e6 : 0);

/** Yield one problem for each mistake of shape. */
export function* shape(front, { schema, terms }) {
  const faults = [...find(schema, front, [], schema)];
  faults.sort((one, other) => weight(one) - weight(other));
  const said = new Set();
  for (const fault of faults) {
    const { keyword, path, isOfKey, twice } = fault;
    const place = String(path);
    if (said.has(place)) continue;
    said.add(place);
    const field = isOfKey ? path.slice(0, -1) : path;
    if (twice) yield { path, field, message: `"${shown(twice)}" is given twice`, hint: "Keep one of the two." };
    else {
      const hint = keyword === "oneOf" ? meant(fault, schema, terms) : help(schema, field);
      yield { path, field, message: KEYWORDS[keyword][1](fault), hint };
    }
  }
}

function* find(node, value, path, schema) {
  for (const [keyword, rule] of Object.entries(node)) {
    const below = (key, rule) => find(rule, value[key], [...path, key], schema);
    if (KEYWORDS[keyword]?.[0](value, rule)) yield { keyword, path, value, rule, node };
    if (keyword === "required") {
      for (const name of rule) if (!(name in value)) yield { keyword, path: [...path, name] };
    } else if (keyword === "uniqueItems") {
      for (const [at, item] of value.entries())
        if (value.indexOf(item) < at) yield { path: [...path, at], twice: item };
    } else if (keyword === "$ref") {
      yield* find(schema.$defs[rule.replace("#/$defs/", "")], value, path, schema);
    } else if (keyword === "properties") {
      for (const key of Object.keys(rule)) if (Object.hasOwn(value, key)) yield* below(key, rule[key]);
    } else if (keyword === "items" || (keyword === "additionalProperties" && rule)) {
      for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) yield* below(key, rule);
    } else if (keyword === "propertyNames") {
      for (const key of Object.keys(value)) {
        for (const fault of find(rule, key, [...path, key], schema)) yield { ...fault, isOfKey: true };
      }
    } else if (keyword === "if") {
      // the schema has but one, of constants
      const holds = Object.entries(rule.properties).every(([key, one]) => value[key] === one.const);
      if (holds) yield* find(node.then, value, path, schema);
    }
  }
}

/** Which terms may be meant. */
function meant({ value, node }, schema, terms) {
  const facet = Object.keys(terms.facets).find((name) => schema.$defs[name] === node);
  const guesses = nearest(value, terms.facets[facet], terms.generic).map((id) => `"${id}"`);
  return `${guesses.length ? `Did you mean ${guesses.join(" or ")}? ` : ""}All of them are in schema/${facet}.yml.`;
}

/** A node of the schema with all that it refers to; what stands beside the reference goes before. */
export const whole = (node, schema) => ({ ...schema.$defs[node.$ref?.replace("#/$defs/", "")], ...node });

/** What the form says of the field at the path, or of the nearest one around it. */
function help(schema, path) {
  let [node, words] = [schema, ""];
  for (const part of path) {
    const { properties, items, additionalProperties } = whole(node, schema);
    node = properties?.[part] ?? items ?? (additionalProperties || {});
    words = node.inForm ?? node.description ?? words;
  }
  return words;
}
