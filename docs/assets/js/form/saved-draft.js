// A draft that was saved or kept: its shape is the form's, whatever it says; and what of it has no place in the form.

import { deserialise, isGroup, isText } from "../storage/deserialise.js";
import { Fault } from "../storage/store.js";
import { whole } from "./schema-errors.js";
import { line } from "./text.js";

export const MAX_ROWS = 200; // the schema's own limits come to 164
const SHAPES = {
  object: [isGroup, "a group of fields"],
  array: [Array.isArray, "a list"],
  string: [isText, "text"],
};

/** The draft in a text. Throws a Fault if it is none. */
export function parseDraft(text, schema) {
  const { front, body, slug = "", parked } = deserialise(text, "draft");
  if (!isGroup(front) || !isGroup(body)) throw new Fault("“front” and “body” are not groups of fields.");
  if (![slug, ...Object.values(body)].every(isText)) throw new Fault("“body” holds more than text under its headings.");
  hold(front, schema, [], schema);
  const lists = Object.entries(front).filter(([name, one]) => Array.isArray(one) || name === "sources");
  const rows = lists.reduce((sum, [, one]) => sum + Object.keys(one).length, 0);
  if (rows > MAX_ROWS) throw new Fault(`it has ${rows} rows; the form holds at most ${MAX_ROWS}.`);
  return { front, body, parked };
}

/** Throw a Fault where a field that the schema knows has another shape than there. */
export function hold(value, node, path, schema) {
  const { type, items, properties = {}, additionalProperties } = whole(node, schema);
  const [isRight, shape] = SHAPES[type] ?? [isText, "text"];
  if (!isRight(value)) throw new Fault(`what stands at “${path.join(".")}” is not ${shape}.`);
  if (isText(value)) return;
  for (const [name, child] of Object.entries(value)) {
    const known = items ?? (Object.hasOwn(properties, name) ? properties[name] : additionalProperties);
    if (known) hold(child, known, [...path, name], schema);
  }
}

/** The parts of a draft that the form does not give back: [{field, text}]. */
export function unplaced(given, read) {
  const placed = new Set(leaves(read).map(key));
  return leaves(given).filter((one) => one.text.trim() && !placed.has(key(one)));
}

const leaves = ({ front, body }) => [...within(front, ""), ...within(body, "body")];

const within = (value, field) =>
  isText(value)
    ? [{ field, text: value }]
    : Object.entries(value).flatMap(([name, one]) => within(one, field ? `${field}.${name}` : name));

/** Rows may stand at other places, and texts without what nobody can see. */
const key = ({ field, text }) => `${field.replace(/\.\d+(?=\.|$)/g, "")}: ${line(text)}`;
