// What somebody typed, as the things that they look for: a word, words that mean one thing, or a phrase in quotation marks.

import { stem, tokenise } from "./words.js";

const PART = /(?<=^|\s)([-−]?)(?:["“”]([^"“”]*)["“”](?=[,.;:!?)]*(?:\s|$))|‘([^‘’]*)’(?=\s|$)|(\S+))/gu;
const LONGEST = 6; // words of an entry of the thesaurus

/**
 * {wanted, unwanted}: lists of {typed, ways}, in the order typed. A way is {words, beside, exact, means}: what a case must hold,
 * whether side by side, whether exactly as typed, and what the thesaurus added.
 */
export function parse(text, { common, thesaurus = {} }) {
  const said = new Set(common);
  const meanings = lookup(thesaurus);
  const wanted = [];
  const unwanted = [];
  let run = "";
  const flush = () => {
    wanted.push(...terms(run, said, meanings));
    run = "";
  };
  for (const [whole, minus, double, single, word] of text.matchAll(PART)) {
    const phrase = double ?? single;
    const quoted = phrase === undefined ? [] : exactly(whole, phrase, said);
    if (minus) unwanted.push(...(phrase === undefined ? terms(word, said, () => undefined) : quoted));
    else if (phrase === undefined) run += `${word} `;
    else {
      flush();
      wanted.push(...quoted);
    }
  }
  flush();
  return { wanted: once(wanted), unwanted };
}

/** What is typed again is wanted no more than once. */
function once(terms) {
  const typed = terms.map((term) => term.typed.toLowerCase());
  return terms.filter((_, at) => typed.indexOf(typed[at]) === at);
}

/** What the thesaurus has for some tokens. A name or an abbreviation is meant as it stands: a pool is not Poole, nor PB a PSB. */
function lookup(thesaurus) {
  const key = (tokens, form) => tokens.map(({ words: [word] }) => form(word)).join(" ");
  const asItStands = (word) => word;
  const entries = Object.entries(thesaurus).map(([words, means]) => [words, tokenise(words), means]);
  const exact = new Map(entries.map(([, tokens, means]) => [key(tokens, asItStands), means]));
  const inflected = entries.filter(([words]) => !/\p{Lu}/u.test(words));
  const stemmed = new Map(inflected.map(([, tokens, means]) => [key(tokens, stem), means]));
  return (tokens) => exact.get(key(tokens, asItStands)) ?? stemmed.get(key(tokens, stem));
}

const isTelling = (said) => (word) => word.length > 1 && !said.has(word);

function exactly(typed, phrase, said) {
  const words = tokenise(phrase)
    .map(({ words: [word] }) => word)
    .filter(isTelling(said));
  return words.length ? [{ typed: typed.replace(/^[-−]/, ""), ways: [{ words, beside: true, exact: true }] }] : [];
}

function terms(run, said, meaningsOf) {
  const tokens = tokenise(run);
  const found = [];
  for (let at = 0; at < tokens.length; ) {
    const lengths = Array.from({ length: LONGEST }, (_, less) => LONGEST - less);
    const length = lengths.find((one) => at + one <= tokens.length && meaningsOf(tokens.slice(at, at + one))) ?? 1;
    const own = tokens.slice(at, at + length);
    const means = meaningsOf(own) ?? [];
    const meanings = means.map((meaning) => meant(meaning, said)).filter(({ words }) => words.length);
    const ways = [...waysOf(own, said), ...meanings];
    const typed = run.slice(own[0].start, own.at(-1).end);
    if (ways.length) found.push({ typed, ways, isPlain: length === 1 });
    at += length;
  }
  return joined(found);
}

function waysOf(tokens, said) {
  const telling = isTelling(said);
  const whole = tokens.map(({ words: [word] }) => word).filter(telling);
  const parts = tokens.length === 1 ? tokens[0].words.slice(1).filter(telling) : [];
  return [whole, parts].filter((words) => words.length).map((words) => ({ words, beside: words.length > 1 }));
}

function meant(meaning, said) {
  const words = tokenise(meaning)
    .map(({ words: [word] }) => word)
    .filter(isTelling(said));
  return { words, beside: true, means: meaning };
}

/** Two words may stand as one in a case: time bank, timebank. */
function joined(found) {
  found.slice(1).forEach((next, at) => {
    const one = found[at];
    if (!(one.isPlain && next.isPlain)) return;
    const way = { words: [one.ways[0].words.join("") + next.ways[0].words.join("")], exact: true, isJoined: true };
    one.ways.push(way);
    next.ways.push(way);
  });
  return found;
}
