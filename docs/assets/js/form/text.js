// Text and dates, as hooks/casebook reads them.

// As in content/characters.py: what nobody can see, but for the joiners of scripts and emoji that need them.
const UNSEEN = new RegExp(
  "(?![\\t\\n])[\\p{C}\\p{Zl}\\p{Zp}\\p{DI}\\ufffc\\ufffd\\u2800]" +
    "(?<!(?![\\p{sc=Latin}\\p{sc=Greek}\\p{sc=Cyrillic}\\p{sc=Inherited}\\p{sc=Han}\\p{sc=Hangul}\\p{sc=Hiragana}" +
    "\\p{sc=Katakana}\\p{sc=Hebrew}])[\\p{L}\\p{M}][\\u200c\\u200d])" +
    "(?<![\\p{ExtPict}\\p{EMod}\\ufe0f]\\u200d(?=\\p{ExtPict}))(?<!\\p{ExtPict}[\\ufe0e\\ufe0f])(?<![0-9#*]\\ufe0f(?=\\u20e3))",
  "gu",
);
const STYLED =
  /[\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2131\u2133\u2134\u2160-\u217f\u24b6-\u24e9\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f149}]/gu;

/** Text of several lines, less what nobody can see and `check` would refuse, such as the soft hyphens of a pasted PDF. */
export const prose = (text) =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(UNSEEN, "")
    .replace(STYLED, (letter) => letter.normalize("NFKC"))
    .normalize("NFC")
    .trim();

/** The same on one line. */
export const line = (text) => prose(text).replace(/\s*\n\s*/g, " ");

const latin = (text, [odd, latin]) => [...text].map((letter) => latin[odd.indexOf(letter)] ?? letter).join("");

const FIGURE = /(?<=[0-9A-Za-z])(?![0-9])\p{Nd}|(?![0-9])\p{Nd}(?=[0-9A-Za-z])/u;
const WORD = /[\p{L}\p{M}]+/gu;
const ODD =
  /(?![\p{sc=Latin}\p{sc=Common}\p{sc=Inherited}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}])\p{L}/u;

/** The words of a text in which letters of another alphabet pass for Latin ones. */
export const mixedWords = (text) =>
  (text.match(WORD) ?? []).filter((word) => ODD.test(word) && /\p{sc=Latin}/u.test(word));

/** Words of three letters or more that look like Latin ones, or Latin ones with a phonetic letter; with what they look like. */
export const lookAlikes = (text, alike) =>
  (text.match(WORD) ?? [])
    .filter((word) => {
      const odd = [...word].filter((letter) => letter > "\u024f" && alike[0].includes(letter));
      return (
        (odd.length > 2 && odd.length === length(word)) || (/[a-z]/i.test(word) && /\p{sc=Latin}/u.test(odd.join("")))
      );
    })
    .map((word) => ({ word, latin: latin(word, alike) }));

/** The first character of the text that nobody can see, or that passes for another one; undefined if there is none. */
export function unseen(text) {
  const found = text.match(UNSEEN) ?? text.match(STYLED) ?? text.match(/(?<=\p{M}{4})\p{M}/u) ?? text.match(FIGURE);
  return found?.[0] ?? mixedWords(text)[0]?.match(ODD)[0];
}

/** What is the same in two titles that differ by spaces, case, marks or look-alike letters, as validation/titles.py has it. */
export const letters = (title, alike) =>
  latin(latin(title.normalize("NFKC"), alike).toLowerCase(), alike).replace(/[^\p{L}\p{N}]/gu, "");

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

const SPELT = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t", ŋ: "ng" };

/** Lower-case words and hyphens. */
export function slug(text, most) {
  const plain = text
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\0-\x7f]/g, (letter) => SPELT[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
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
