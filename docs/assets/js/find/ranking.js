// Which case studies hold what somebody typed. Fetches only the files of words that begin alike, which
// hooks/casebook/exports/search_index.py writes, and explains.

import { fetchData } from "../network/loading.js";
import { alike, split } from "./mistyped.js";
import { placesOf } from "./places.js";
import { parse } from "./query.js";
import { fetchPairs, fetchWords } from "./shards.js";
import { stem, tokenise } from "./words.js";

const SAME_STEM = 0.9; // bath: baths, bathing
const ADDED = 0.7; // what the thesaurus added
const LIKELY = 0.5;
const BESIDE = 0.5; // for each two words side by side, of what they weigh
const PHRASE = 0.5; // for all of them side by side
const HELD = 0.5; // of what all that was typed weighs: what holds less than this share of the best is not shown
const FULL = 32;

/**
 * What a text finds: {scores, hits, wanted, missing}: a Map of scores by case, a Map that leads from each indexed word that may be
 * meant to the place of what was typed, and what was made of it; missing(case) is what the case does not hold. Where no word
 * tells anything ("the"), scores is null, and the text is ignored.
 */
export async function rank(text) {
  const about = await fetchData("words.json");
  const { wanted, unwanted } = parse(text, about);
  await Promise.all(wanted.map((term) => find(term, about, true)));
  await Promise.all(unwanted.map((term) => find(term, about, false)));
  const hits = new Map(wanted.flatMap(({ meant }, place) => [...meant].map((word) => [word, place])));
  const without = new Set(unwanted.flatMap(({ cases }) => [...cases.keys()]));
  const missing = (number) => wanted.filter(({ cases }) => !cases.has(number)).map(({ typed }) => typed);
  const isAsked = wanted.length || unwanted.length;
  const both = await besides(wanted, about);
  return {
    scores: isAsked ? scored(wanted, without, both, about.cases) : null,
    hits,
    wanted,
    missing,
    ignored: isAsked ? "" : text,
  };
}

/** Add to a term the cases that hold it, each with a strength from 0 to 1; the words that may be meant; and how it was found. */
async function find(term, about, isForgiving) {
  Object.assign(term, { cases: new Map(), meant: new Set(), instead: [], added: [] });
  for (const way of term.ways) {
    const cases = await takeWay(term, way, way.means ? ADDED : 1, about);
    const isNew = way.means && way.words.join("") !== term.ways[0].words.join(""); // co-operative is cooperative
    if (cases.size && isNew) term.added.push(way.means);
  }
  const [{ words, exact }] = term.ways;
  if (words.length > 1 || exact) return;
  await takeSplit(term, words[0], about);
  if (isForgiving && !term.cases.size) await takeAlike(term, words[0], about);
}

async function takeWay(term, way, weight, about) {
  const words = await Promise.all(way.words.map((word) => formsOf(word, way, about)));
  const cases = await holding(words, way, about);
  take(term, cases, words.flat(), weight);
  return cases;
}

/** What stands nowhere may be mistyped: a word, the name of a place, or a part of a compound. */
async function takeAlike(term, word, about) {
  const places = await placesOf(about);
  const isPlace = (text) => tokenise(text).every(({ words: [one] }) => places.words.has(one));
  term.isPlace = isPlace(term.typed) || term.ways.some(({ means }) => means && isPlace(means));
  if (term.isPlace) return;
  const { words } = await fetchData("spellings.json");
  for (const one of alike(word, words, [...places.words])) {
    const ways = parse(one, about).wanted.flatMap((likely) => likely.ways);
    for (const way of ways) await takeWay(term, { ...way, exact: true }, LIKELY, about);
    term.ways.push(...ways.filter(({ means }) => means));
    term.instead.push(places.written.get(one) ?? one);
  }
  const parts = term.instead.length ? [] : split(word, term.ways[1]?.words, words);
  const way = { words: parts, beside: true, exact: true };
  if (parts.length && (await takeWay(term, way, LIKELY, about)).size) term.instead.push(parts.join(" "));
}

function take(term, cases, words, weight) {
  if (cases.size) for (const { word } of words) term.meant.add(word);
  for (const [number, strength] of cases) {
    term.cases.set(number, Math.max(term.cases.get(number) ?? 0, weight * strength));
  }
}

/** The word itself and, unless it must be exact, those of the same stem; but Poole is no pool. */
async function formsOf(word, { exact }, about) {
  const found = exactly(word, await fetchWords(word, about), exact);
  const isItself = !found.length || found.some((form) => form.word === word);
  return isItself || !(await placesOf(about)).written.has(word) ? found : [];
}

function exactly(word, indexed, exact) {
  const found = exact ? [word] : Object.keys(indexed).filter((other) => stem(other) === stem(word));
  return found
    .filter((other) => indexed[other])
    .map((other) => entry(other, indexed[other], other === word ? 1 : SAME_STEM));
}

function entry(word, postings, likeness) {
  const cases = new Map();
  for (let at = 0, number = 0; at < postings.length; at += 2) {
    number += postings[at];
    cases.set(number, (likeness * postings[at + 1]) / FULL);
  }
  return { word, cases };
}

function union(entries) {
  const all = new Map();
  for (const { cases } of entries) {
    for (const [number, strength] of cases) all.set(number, Math.max(all.get(number) ?? 0, strength));
  }
  return all;
}

/** The cases that hold all the words, side by side if they must. */
async function holding(words, { beside }, about) {
  const each = words.map(union);
  const both = beside ? await Promise.all(words.slice(1).map((next, at) => sideBySide(words[at], next, about))) : [];
  const strength = (number) => each.reduce((sum, cases) => sum + cases.get(number), 0) / each.length;
  const numbers = [...each[0].keys()].filter((number) => [...each, ...both].every((cases) => cases.has(number)));
  return new Map(numbers.map((number) => [number, strength(number)]));
}

/** The cases in which one of these words stands before one of those. */
async function sideBySide(words, next, about) {
  const found = new Set();
  for (const { word } of words) {
    const after = (await fetchPairs(word, about))[word] ?? {};
    for (const other of next) {
      let number = 0;
      for (const distance of after[other.word] ?? []) {
        number += distance;
        found.add(number);
      }
    }
  }
  return found;
}

/** A word may stand as two in a case: timebank, time bank. */
async function takeSplit(term, word, about) {
  const indexed = await fetchWords(word, about);
  for (let at = 3; at <= word.length - 3; at++) {
    const start = word.slice(0, at);
    if (!indexed[start]) continue;
    const rest = exactly(word.slice(at), await fetchWords(word.slice(at), about), false);
    const words = [[entry(start, indexed[start], 1)], rest];
    if (rest.length) take(term, await holding(words, { beside: true }, about), words.flat(), SAME_STEM);
  }
}

/** For each two terms, one after the other: the cases in which they stand side by side. */
async function besides(wanted, about) {
  const words = wanted.map(({ meant }) => [...meant].map((word) => ({ word })));
  const own = wanted.map(({ ways: [{ words }] }) => words.map((word) => ({ word })));
  for (const [at, next] of own.slice(1).entries()) {
    if ((await sideBySide(own[at], next, about)).size) wanted[at].isBeside = wanted[at + 1].isBeside = true;
  }
  return Promise.all(words.slice(1).map((next, at) => sideBySide(words[at], next, about)));
}

/** BM25, and more for what stands side by side; less for what is not held. A rare word counts for more. */
function scored(wanted, without, both, total) {
  const weights = wanted.map(({ cases: { size } }) => Math.log(1 + total / (size + 0.5)));
  const sum = (number, value) =>
    wanted.reduce((all, { cases }, at) => all + (cases.has(number) ? value(cases, at) : 0), 0);
  const held = new Map();
  for (const { cases } of wanted) {
    for (const number of cases.keys()) {
      if (!without.has(number))
        held.set(
          number,
          sum(number, (_, at) => weights[at]),
        );
    }
  }
  if (!wanted.length)
    return new Map([...Array(total).keys()].filter((one) => !without.has(one)).map((one) => [one, 0]));
  const most = Math.max(...held.values());
  const terms = Math.max(...[...held.keys()].map((number) => sum(number, () => 1)));
  const isShown =
    wanted.length > 2 ? (number) => held.get(number) >= HELD * most : (number) => sum(number, () => 1) === terms;
  const shown = [...held.keys()].filter(isShown);
  return new Map(shown.map((number) => [number, score(number)]));

  function score(number) {
    const own = sum(number, (cases, at) => weights[at] * cases.get(number));
    const near = both.map((cases, at) => (cases.has(number) ? (BESIDE * (weights[at] + weights[at + 1])) / 2 : 0));
    const phrase = near.length && near.every(Boolean) ? PHRASE * most : 0;
    const bonus = near.reduce((all, one) => all + one, phrase);
    return (own + bonus) * (held.get(number) / most);
  }
}
