// What JSON Schema finds in a draft, as in hooks/casebook/validation/schema_errors.py.
//
// Not ajv's code: with all vocabularies, that is 55 kB. The form makes no wrong types or unknown fields: nothing speaks of them.

import { LENGTHS, readDate } from "../names/dates.js";
import { nearest } from "../names/matching.js";
import { addressFault } from "./addresses.js";
import { isReal, length, shown } from "./text.js";

const size = (value) => (typeof value === "string" ? length(value) : Object.keys(value).length);
const isAbove = (value, most) => size(value) > most;

/** By keyword, the weightiest first: whether a value breaks it. What has null is looked for in `find`. */
const BREAKS = {
  required: null,
  minLength: (value, least) => size(value) < least,
  maxItems: isAbove,
  maxProperties: isAbove,
  uniqueItems: null,
  oneOf: (value, choices) => !choices.some((choice) => choice.const === value),
  pattern: (value, pattern) => !new RegExp(pattern, "u").test(value),
  maxLength: isAbove,
  format: (value) => !isReal(value),
};
const WEIGHTS = Object.keys(BREAKS);
/** Of two limits, the lower one says more. */
const weight = ({ keyword, rule }) => WEIGHTS.indexOf(keyword) + (keyword === "maxLength" ? rule / 1e6 : 0);

/** Yield one problem for each mistake of shape. */
export function* shape(front, around) {
  const { schema } = around;
  const faults = [...find(schema, front, [], schema)];
  faults.sort((one, other) => weight(one) - weight(other));
  const said = new Set();
  for (const fault of faults) {
    const { path, isOfKey } = fault;
    const place = String(path);
    if (said.has(place)) continue;
    said.add(place);
    const field = isOfKey ? path.slice(0, -1) : path;
    const { message, hint } = ofDate(fault, words(fault, around), around);
    yield { path, field, message, hint: hint || help(schema, field) };
  }
}

/** What is said, with how a date is kept. */
function ofDate({ value, node, path }, said, { schema, today, say }) {
  if (!(node?.format in LENGTHS)) return said;
  const key = path.at(-1);
  const { kept, either = [kept], isNow, isNone, isUnreal } = readDate(value, node.format, schema.writtenDates, today);
  if (isUnreal) return say("shape.format", { value });
  if (isNone && key === "published") return { ...said, hint: say("shape.written.none").message };
  const dates = either.filter(Boolean).map((one) => `"${one}"`);
  if (!dates.length || (isNow && key === "to")) return said;
  return { ...said, hint: say("shape.written", { dates: dates.join(" or ") }).message };
}

function words({ keyword, path, value = "", rule, node }, around) {
  const values = { ...node, value: shown(String(value)), length: size(value), limit: rule };
  if (keyword === "pattern" && node.format === "address") return addressFault(value, node, path.at(-1), around.say);
  if (keyword === "oneOf") Object.assign(values, meant(value, node, path, around));
  return around.say(`shape.${keyword.replace("Properties", "Items")}`, values);
}

function* find(node, value, path, schema) {
  for (const [keyword, rule] of Object.entries(node)) {
    const below = (key, rule) => find(rule, value[key], [...path, key], schema);
    if (BREAKS[keyword]?.(value, rule)) yield { keyword, path, value, rule, node };
    if (keyword === "required") {
      for (const name of rule) if (!(name in value)) yield { keyword, path: [...path, name] };
    } else if (keyword === "uniqueItems") {
      for (const [at, item] of value.entries())
        if (value.indexOf(item) < at) yield { keyword, path: [...path, at], value: item };
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

/** Which terms may be meant, and where they all are. */
function meant(value, node, path, { schema, terms, say }) {
  const facet = Object.keys(terms.facets).find((name) => schema.$defs[name] === node);
  if (path[0] === "councils" && new RegExp(schema.properties.councils.ofPartners, "i").test(value)) {
    return { guess: "", known: say("shape.oneOf.partners").message };
  }
  const guesses = nearest(value, terms.facets[facet], terms.generic).map((id) => `"${id}"`);
  return {
    guess: guesses.length ? say("did-you-mean", { guesses: guesses.join(" or ") }).message : "",
    known: say("shape.oneOf.vocabulary", { file: `schema/${facet}.yml` }).message,
  };
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
