// Text and dates as hooks/casebook reads them: content/characters.py, model/dates.py, model/matching.py, content/files.py.

const SUSPECT = new RegExp(
  "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u206f\\ufdd0-\\ufdef\\ufff0-\\uffff" +
    "\\ue000-\\uf8ff\\ud800-\\udfff\\u{1fffe}\\u{1ffff}\\u{2fffe}\\u{2ffff}\\u{3fffe}-\\u{10ffff}\\u200b\\u2060\\u00ad\\u180e\\ufeff" +
    "\\u2028\\u2029\\u034f\\u2061-\\u2064\\u2800\\u115f\\u1160\\u3164\\uffa0]",
  "gu",
);

/** Text of several lines, less what nobody can see and `check` would refuse, such as the soft hyphens of a pasted PDF. */
export const prose = (text) => text.replace(/\r\n?/g, "\n").replace(SUSPECT, "").normalize("NFC").trim();

/** The same on one line. */
export const line = (text) => prose(text).replace(/\s*\n\s*/g, " ");

/** What is the same in two titles that differ by spaces, case, marks or look-alike letters, as validation/titles.py has it. */
export const letters = (title, [odd, latin]) =>
  [...title.normalize("NFKC").toLowerCase()]
    .map((letter) => latin[odd.indexOf(letter)] ?? letter)
    .join("")
    .replace(/[^\p{L}\p{N}]/gu, "");

/** How many characters a person counts, as Python does. */
export const length = (text) => [...text].length;

/** Text as a message may quote it: cut short. */
export function shown(text, most = 60) {
  const letters = [...text.replace(/\n/g, "\\n")];
  return letters.length <= most ? letters.join("") : `${letters.slice(0, most - 1).join("")}…`;
}

/** The first day of YYYY, YYYY-MM or YYYY-MM-DD, or "" if that is no date. */
export function earliest(text) {
  if (!/^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/.test(text)) return "";
  const day = `${text}-01-01`.slice(0, 10);
  const read = new Date(`${day}T00:00:00Z`);
  return text >= "0001" && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? day : "";
}

export const isReal = (text) => Boolean(earliest(text)) || !/^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/.test(text);

/** Whether the end is not before the beginning, as far as both are exact. */
export function runsForwards(began, ended) {
  const exact = Math.min(began.length, ended.length);
  return began.slice(0, exact) <= ended.slice(0, exact);
}

/** Lower-case words and hyphens. */
export function slug(text, most) {
  const plain = text
    .toLowerCase()
    .replace(/['’]/g, "")
    .normalize("NFKD")
    .replace(/[^\0-\x7f]/g, "");
  return (plain.match(/[a-z0-9]+/g) ?? [])
    .join("-")
    .slice(0, most)
    .replace(/^-+|-+$/g, "");
}

/** The id of a claim, made of its first words, as hooks/casebook/authoring/claim_ids.py does. */
export function claimId(text, leftOut) {
  const small = leftOut.split(" ");
  const words = slug(text.replace(/(?<=\d),(?=\d)/g, "")).split("-");
  const whole = words.filter((word) => !small.includes(word)).join("-");
  if (whole.length <= 40) return whole || "claim";
  const end = whole.lastIndexOf("-", 40);
  return whole.slice(0, end > 0 ? end : 40);
}

/** The name, or the name with the first number that nobody has yet. */
export function free(name, taken) {
  let found = name;
  for (let number = 2; taken.has(found); number++) found = `${name}-${number}`;
  return found;
}

export const headingId = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

/** The anchors of headings with these texts: the second of one name is `-2`, and so on. */
export const anchors = (texts) => texts.reduce((given, text) => given.add(free(headingId(text), given)), new Set());
