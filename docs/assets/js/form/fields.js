// The fields of a draft by their paths, as the schema describes them.

import { whole } from "./schema-errors.js";

export const problem = (path, words) => ({ path, field: path, ...words });

/** Each [path, text] that fits the pattern, in which "*" fits any key or item. */
export function* each(value, [first, ...rest], path = []) {
  if (first === undefined) yield [path, value];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(Object(value));
  for (const key of first === undefined ? [] : keys) {
    if (first === "*" || first === key) yield* each(value[key], rest, [...path, key]);
  }
}

/** The same for all fields that the schema describes so. */
export const all = (front, schema, isMeant) =>
  [...paths(schema, schema, isMeant)].flatMap((path) => [...each(front, path)]);

/** The path of each field that the schema describes so; "*" stands for any entry. */
function* paths(given, schema, isMeant, path = []) {
  const node = whole(given, schema);
  const { properties = {}, items, additionalProperties } = node;
  if (isMeant(node)) yield path;
  for (const [key, one] of Object.entries(properties)) yield* paths(one, schema, isMeant, [...path, key]);
  for (const one of [items, additionalProperties]) if (one) yield* paths(one, schema, isMeant, [...path, "*"]);
}

export const isAddress = ({ format }) => format === "address";

export const isDated = ({ format }) => /^(day|month|partial-date)$/.test(format);

/** The path of the field so named; "*" stands for any entry. */
export const pattern = (name) => name.replace("[]", ".*").replace("<id>", "*").split(".");

/** What stands at the path. */
export const at = (front, path) => path.reduce((value, key) => value?.[key], front);

/** The schema's node of the field at the path. */
export const nodeAt = (schema, path) =>
  path.reduce((given, key) => {
    const { properties, items, additionalProperties } = whole(given, schema);
    return properties?.[key] ?? items ?? additionalProperties;
  }, schema);
