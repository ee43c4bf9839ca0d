// Which words are the name of a place, from the councils of the register.

import { fetchData, Loading } from "../network/loading.js";
import { tokenise } from "./words.js";

const SAYS_PLACE = /^(council|borough|district|county|city|town|metropolitan|unitary|of|the)$/;
const STANDS_BEFORE_PLACE = /^(in|near|around)$/;
/** Names that are words of their own: a reading room is in no place, a library in Reading is. */
const IS_WORD_TOO = /^(barking|bath|beds|bury|craven|deal|down|hart|hunts|reading|rugby|sale)$/;

/** The other pages and the councils, as hooks/casebook/site/site_index.py writes them. Null if it can't be had: the case studies are whole without it. */
export async function fetchSite() {
  try {
    return await fetchData("site.json");
  } catch (error) {
    if (error instanceof Loading) return null;
    throw error;
  }
}

/** Whether one of these texts is of words in names of places: somebody who typed it has not mistyped another word. */
export async function isPlace(texts) {
  const site = await fetchSite();
  const names = site?.councils.flatMap((one) => [one.name, ...one.names]) ?? [];
  const places = new Set(names.flatMap((name) => tokenise(name).map(firstWord)));
  return texts.some((text) => text && tokenise(text).every((token) => places.has(firstWord(token))));
}

const firstWord = ({ words: [word] }) => word;
const key = (tokens) => tokens.map(firstWord).join(" ");

/** The council without a case study that the text names, or whose town: by the longest name in it. A name within another is none. */
export function unwritten(text, wanted, councils) {
  const byName = new Map(councils.flatMap((one) => [one.name, ...one.names].map((name) => [key(tokenise(name)), one])));
  for (const { typed, ways } of wanted) {
    for (const { means } of ways)
      if (means && byName.has(key(tokenise(means)))) byName.set(key(tokenise(typed)), byName.get(key(tokenise(means))));
  }
  const tokens = tokenise(text);
  const within = new Set();
  for (let length = tokens.length; length > 0; length--) {
    for (let at = 0; at + length <= tokens.length; at++) {
      const name = tokens.slice(at, at + length);
      const council = byName.get(key(name));
      if (!council || name.some((token) => within.has(token)) || !isMeant(tokens, at, length)) continue;
      if (!council.has) return council;
      for (const token of name) within.add(token);
    }
  }
}

/** A name that is a word, too, is a place's if nothing else was typed, if it has a capital, or beside a word such as "council". */
function isMeant(tokens, at, length) {
  const others = [...tokens.slice(0, at), ...tokens.slice(at + length)].flatMap(({ words }) => words);
  return (
    !IS_WORD_TOO.test(key(tokens.slice(at, at + length))) ||
    others.every((word) => SAYS_PLACE.test(word)) ||
    /^\p{Lu}/u.test(tokens[at].text) ||
    STANDS_BEFORE_PLACE.test(tokens[at - 1]?.words[0] ?? "") ||
    SAYS_PLACE.test(tokens[at + length]?.words[0] ?? "")
  );
}
