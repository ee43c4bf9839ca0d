// A plan: what an organisation answers to the ten questions. It is kept in this browser, and nothing is sent.
// {version: 1, title, organisation, answers: {capacity: {state, note, action, owner, due}, …}}: every part is text.

const VERSION = 1;
const KEY = `casebook-plan-${VERSION}`;
const HEADS = ["title", "organisation"];
const PARTS = ["state", "note", "action", "owner", "due"];
const STATES = ["not yet", "partly", "answered"]; // in the order of a summary: what is open comes first
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with a file or with what was kept, in a reader's words. */
export class Fault extends Error {}

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
  return texts(plan).every(([, text]) => text === "");
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

/** A day in words: 31 January 2027. */
export function inWords(day) {
  return day.toLocaleDateString("en-GB", { dateStyle: "long" });
}

/** {plan, fault}: the plan that this browser keeps, or a blank one; and what is wrong with the one kept, or "". */
export function load(ids) {
  const blank = make(ids, () => "");
  const text = withStorage((storage) => storage.getItem(KEY));
  try {
    return { plan: text ? read(text, ids) : blank, fault: "" };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { plan: blank, fault: `What this browser kept can’t be read: ${error.message}` };
  }
}

/** Keep the plan; whether this browser let us. */
export function save(plan) {
  const isKept = (storage) => {
    storage.setItem(KEY, JSON.stringify(plan));
    return true;
  };
  return withStorage(isKept) ?? false;
}

export function forget() {
  withStorage((storage) => storage.removeItem(KEY));
}

/** Browsers may forbid storage, or be full: then nothing is kept, and the page says so. */
function withStorage(use) {
  try {
    return use(localStorage);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** The plan in the text of a file. Throws a Fault if it is none. */
export function read(text, ids) {
  const data = parsed(text);
  if (data?.version > VERSION) throw new Fault("it comes from a later version of this page. Load the page again.");
  if (data?.version !== VERSION || !(data.answers instanceof Object)) throw new Fault("it is not a saved plan.");
  const stranger = Object.keys(data.answers).find((id) => !ids.includes(id));
  if (stranger) throw new Fault(`“${stranger}” is not one of the ten questions.`);
  const plan = make(ids, (name) => at(data, name) ?? "");
  for (const [name, one] of texts(plan)) check(name, one);
  return plan;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Fault("it is not a saved plan, or not the whole of it.");
    throw error;
  }
}

/** What stands in read data at "title" or "risk.note". */
function at(data, name) {
  const [id, part] = name.split(".");
  return part ? data.answers[id]?.[part] : data[id];
}

function check(name, text) {
  if (typeof text !== "string") throw new Fault(`what stands at “${name}” is not text.`);
  if (name.endsWith(".state") && text && !STATES.includes(text)) {
    throw new Fault(`“${name}” is “${text}”, and can only be ${STATES.join(", ")} or empty.`);
  }
  if (name.endsWith(".due") && text && !DAY.test(text)) {
    throw new Fault(`“${name}” is “${text}”, which is no date like 2027-01-31.`);
  }
}
