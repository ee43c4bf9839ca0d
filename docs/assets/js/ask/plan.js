// A plan: what an organisation answers to the ten questions. It is kept in this browser, and nothing is sent.
// {version: 1, title, organisation, answers: {capacity: {state, note, action, owner, due}, …}}: every part is text. What has
// no place in it any more, such as the answer to a question that is gone, is `parked`: [{field, text}, …].

import { deserialise, isGroup, isText } from "../storage/deserialise.js";
import { Fault } from "../storage/store.js";

export const KEY = "casebook-plan-1";
const VERSION = 1;
const HEADS = ["title", "organisation"];
const PARTS = ["state", "note", "action", "owner", "due"];
const STATES = ["not yet", "partly", "answered"]; // in the order of a summary: what is open comes first
const DAY = /^\d{4,6}-\d{2}-\d{2}$/; // a browser's field takes years of six digits

/** A plan on the questions of these ids, with `text` telling what stands at "title", "risk.note" and so on. */
export function make(ids, text) {
  const answer = (id) => Object.fromEntries(PARTS.map((part) => [part, text(`${id}.${part}`)]));
  const heads = HEADS.map((head) => [head, text(head)]);
  const answers = Object.fromEntries(ids.map((id) => [id, answer(id)]));
  return { version: VERSION, ...Object.fromEntries(heads), answers };
}

/** All that stands in a plan, as pairs: ["risk.note", "…"]. */
export function texts(plan) {
  const answers = Object.entries(plan.answers);
  const parts = answers.flatMap(([id, answer]) => PARTS.map((part) => [`${id}.${part}`, answer[part]]));
  return [...HEADS.map((head) => [head, plan[head]]), ...parts];
}

export function isBlank(plan) {
  return texts(plan).every(([, text]) => text === "") && !plan.parked?.length;
}

export function stateOf(answer) {
  return answer.state || STATES[0];
}

/** The ids of the questions, what is not yet answered first. */
export function ordered(plan) {
  const place = (id) => STATES.indexOf(stateOf(plan.answers[id]));
  return Object.keys(plan.answers).sort((a, b) => place(a) - place(b));
}

export function progress(plan) {
  const answers = Object.values(plan.answers);
  return `${answers.filter((answer) => answer.state === "answered").length} of ${answers.length} answered`;
}

/** The day that an answer is due. */
export function dueDay({ due }) {
  return new Date(`+${due.padStart(12, "0")}T12:00`);
}

/** A day in words: 31 January 2027. */
export function inWords(day) {
  return day.toLocaleDateString("en-GB", { dateStyle: "long" });
}

export const blank = (ids) => make(ids, () => "");

/** The plan in a text that was kept or saved. Throws a Fault if it is none. */
export function read(text, ids) {
  const { parked, ...data } = deserialise(text, "plan");
  if (!isGroup(data.answers) || !Object.values(data.answers).every(isGroup)) throw new Fault("it is not a saved plan.");
  for (const [name, one] of written(data)) check(name, one);
  const plan = make(ids, (name) => at(data, name) ?? "");
  const places = new Set(texts(plan).map(([name]) => name));
  const strangers = written(data).filter(([name, one]) => one && !places.has(name));
  return { ...plan, parked: [...parked, ...strangers.map(([field, one]) => ({ field, text: one }))] };
}

/** All that stands in read data, as pairs. */
function written({ answers, ...heads }) {
  const parts = Object.entries(answers).flatMap(([id, answer]) =>
    Object.entries(answer).map(([part, one]) => [`${id}.${part}`, one]),
  );
  return [...Object.entries(heads), ...parts];
}

/** What stands in read data at "title" or "risk.note". */
function at(data, name) {
  const [id, part] = name.split(".");
  return part ? data.answers[id]?.[part] : data[id];
}

function check(name, text) {
  if (!isText(text)) throw new Fault(`what stands at “${name}” is not text.`);
  if (name.endsWith(".state") && text && !STATES.includes(text)) {
    throw new Fault(`“${name}” is “${text}”, and can only be ${STATES.join(", ")} or empty.`);
  }
  if (name.endsWith(".due") && text && !DAY.test(text)) {
    throw new Fault(`“${name}” is “${text}”, which is no date like 2027-01-31.`);
  }
}
