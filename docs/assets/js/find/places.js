// Which words are the name of a place, from the councils of the register.

import { cached } from "../dom/reconcile.js";
import { fetchData, Loading } from "../network/loading.js";
import { tokenise } from "./words.js";

const SAYS_PLACE = /^(councils?|borough|district|county|city|town|metropolitan|unitary|of|the)$/;
const STANDS_BEFORE_PLACE = /^(in|near|around)$/;
/** Names that are words of their own: a reading room is in no place, a library in Reading is. */
const IS_WORD_TOO = /^(barking|bath|beds|bury|craven|deal|down|hart|hunts|poplar|reading|rugby|sale)$/;
/** Those that may well be meant without a capital: we ask, but not before a word that makes it the other. */
const ASKED = /^(barking|bury|craven|hart|poplar|reading|rugby)$/;
const SAYS_WORD = /^(aloud|clubs?|dogs?|groups?|league|pitch|rooms?|schemes?|skills|trees?|union)$/;

/** The other pages and the councils, as hooks/casebook/site/site_index.py writes them. Null if it can't be had: the case studies are whole without it. */
export async function fetchSite() {
  try {
    return await fetchData("site.json");
  } catch (error) {
    if (error instanceof Loading) return null;
    throw error;
  }
}

/**
 * The names of councils and towns: {words, written}: each word of one, and how a name of one word is written. Somebody who typed
 * such a word has not mistyped another.
 */
export async function placesOf({ thesaurus }) {
  const site = await fetchSite();
  if (!site) return { words: new Set(), written: new Map() };
  return cached("places", () => {
    const councils = site.councils.flatMap((one) => [one.name, ...one.names]);
    const known = new Set(councils);
    const towns = Object.entries(thesaurus).filter(([, means]) => means.some((one) => known.has(one)));
    const names = [...councils, ...towns.map(([town]) => town)].map((name) => tokenise(name));
    const single = names.filter((tokens) => tokens.length === 1 && tokens[0].words.length === 1);
    return {
      words: new Set(names.flat().map(firstWord)),
      written: new Map(single.map(([token]) => [firstWord(token), token.text])),
    };
  });
}

const firstWord = ({ words: [word] }) => word;
const key = (tokens) => tokens.map(firstWord).join(" ");

/**
 * The councils that the text names, or whose town, each once: [{council, isCertain}]. Of a name within another, only the other;
 * of a name that is a word, too, and was not typed as a name, only if that word stands beside no other so in any case study.
 */
export function named(text, wanted, councils) {
  const meant = corrected(text, wanted);
  const byName = namesOf(wanted, councils);
  const tokens = tokenise(meant);
  const taken = new Set();
  const found = new Map();
  for (let length = tokens.length; length > 0; length--) {
    for (let at = 0; at + length <= tokens.length; at++) {
      const name = tokens.slice(at, at + length);
      const council = byName.get(key(name));
      if (!council || name.some((token) => taken.has(token))) continue;
      const isCertain = isMeant(tokens, at, length);
      if (!isCertain && (!ASKED.test(key(name)) || isPhrase(tokens, at, wanted))) continue;
      for (const token of name) taken.add(token);
      found.set(council, { council, isCertain, at });
    }
  }
  const all = [...found.values()].sort((one, other) => one.at - other.at);
  return all.length > 1 ? all.map((one) => ({ ...one, isCertain: true })) : all; // a place beside a place
}

/** The text with what is taken for mistyped as it should be. */
function corrected(text, wanted) {
  const mistyped = wanted.filter(({ instead }) => instead.length);
  return mistyped.reduce((fixed, { typed, instead: [one] }) => fixed.replace(typed, one), text);
}

/** The councils by their names, and by what the thesaurus takes for one. */
function namesOf(wanted, councils) {
  const byName = new Map(councils.flatMap((one) => [one.name, ...one.names].map((name) => [key(tokenise(name)), one])));
  for (const { typed, ways, instead } of wanted) {
    for (const { means } of ways) {
      const council = means && byName.get(key(tokenise(means)));
      if (council) byName.set(key(tokenise(instead[0] ?? typed)), council);
    }
  }
  return byName;
}

/** Whether a word makes one with the next, or stands beside its neighbour in some case study. */
function isPhrase(tokens, at, wanted) {
  const [name, next] = tokens.slice(at, at + 2).map(firstWord);
  return SAYS_WORD.test(next) || wanted.some(({ typed, isBeside }) => isBeside && key(tokenise(typed)) === name);
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
