// Reads a text that somebody saved as a file, or that a browser stored. Whatever it holds, it is held to bounds that no honest
// draft meets, before any of it is believed.

import { Fault } from "./store.js";

export const MAX_BYTES = 1_000_000;
const MAX_DEPTH = 8;
const MAX_PARTS = 10_000;
const MAX_NAME = 80; // as in hooks/casebook/authoring/drafts.py
const VERSION = 1;
const KINDS = { plan: ["answers", "title", "organisation"], draft: ["front", "body", "slug"] }; // the first tells them apart
const ELSEWHERE = {
  plan: "it is a plan. The worksheet on the page “Ask” opens it.",
  draft: "it is the draft of a case study. The form on the page “Contribute” opens it.",
};

export const isGroup = (value) => value instanceof Object && !Array.isArray(value);
export const isText = (value) => typeof value === "string";

/** The data of a text of this kind, "draft" or "plan": groups, lists and texts. Throws a Fault for anything else. */
export function deserialise(text, kind) {
  const data = parsed(text, kind);
  if (!isGroup(data)) throw new Fault(`it is not a saved ${kind}.`);
  const [other] = Object.keys(KINDS).filter((one) => one !== kind);
  if (KINDS[other][0] in data) throw new Fault(ELSEWHERE[other]);
  const { version, ...parts } = data;
  if (version > VERSION) throw new Fault("it comes from a later version of this page. Load the page again.");
  if (version !== VERSION) throw new Fault(`it is not a saved ${kind}.`);
  const stranger = Object.keys(parts).find((name) => ![...KINDS[kind], "parked"].includes(name));
  if (stranger !== undefined) throw new Fault(`“${stranger.slice(0, MAX_NAME)}” is no part of a ${kind}.`);
  const size = hold(parts, []);
  if (size > MAX_PARTS) throw new Fault(`it has ${size.toLocaleString("en-GB")} parts, more than a ${kind} can have.`);
  return { ...parts, parked: parkedIn(parts.parked ?? []) };
}

function parsed(text, kind) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault(`it is not a saved ${kind}, or not the whole of it.`);
  }
}

/** How many parts there are. Throws a Fault for what is neither a group, a list nor text. */
function hold(value, path) {
  const place = `“${path.slice(0, 3).join(".").slice(0, MAX_NAME)}”`;
  if (path.length > MAX_DEPTH) throw new Fault(`${place} is nested more than ${MAX_DEPTH} deep.`);
  if (isText(value)) return 1;
  if (!(value instanceof Object)) throw new Fault(`what stands at ${place} is not text.`);
  let size = 1;
  for (const [name, child] of Object.entries(value)) {
    if (name === "__proto__" || name.length > MAX_NAME) {
      throw new Fault(`“${name.slice(0, MAX_NAME)}” can’t be the name of anything.`);
    }
    size += hold(child, [...path, name]);
  }
  return size;
}

/** What was parked: [{field, text}], the parts that had no place any more. */
function parkedIn(value) {
  const isItem = (one) => isGroup(one) && Object.keys(one).sort().join() === "field,text";
  const isRight = Array.isArray(value) && value.every((one) => isItem(one) && Object.values(one).every(isText));
  if (!isRight) throw new Fault("“parked” is not a list of parts, each with its field and its text.");
  return value;
}
