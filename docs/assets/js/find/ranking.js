// Which case studies hold what somebody typed. Fetches only the files of words that begin alike, which
// hooks/casebook/exports/search_index.py writes, and explains.

import { fetchData } from "../network/loading.js";

const SAME_STEM = 0.9; // bath: baths, bathing
const LIKELY = 0.5;

/** A folded word: without accents, apostrophes and capitals. */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .toLowerCase();
}

/** The words of a text, folded. */
function tokenise(text) {
  return fold(text).match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}

/**
 * What a text finds: {scores, hits, all}: a Map of scores by case, a Map that leads from each indexed word that may be meant to
 * the place of the word typed, and whether the cases hold all the words. Where no word tells anything ("the"), scores is null.
 */
export async function rank(text) {
  const about = await fetchData("words.json");
  const words = [...new Set(tokenise(text))].filter((word) => !about.common.includes(word));
  const found = await Promise.all(words.map(async (word) => match(word, await candidates(word, about))));
  return words.length ? merge(found, about.cases) : { scores: null, hits: new Map(), all: true };
}

/** The indexed words that begin as this one does. */
async function candidates(word, about) {
  const start = word.slice(0, about.letters);
  const name = /^[a-z0-9]+$/.test(start) ? start : "other";
  return about.shards.includes(name) ? (await fetchData(`words/${name}.json`)).words : {};
}

/**
 * The indexed words that somebody may mean by a word, each with how alike it is and its cases: the word itself and those of
 * the same stem; only if there are none, the words that it begins (librar); only if there are none, those mistyped (libary).
 */
function match(word, indexed) {
  const same = (other) => stem(other) === stem(word);
  const begun = (other) => word.length > 2 && other.startsWith(word);
  const mistyped = (other) => isMistyped(word, other);
  for (const [test, likeness] of [
    [same, SAME_STEM],
    [begun, LIKELY],
    [mistyped, LIKELY],
  ]) {
    const meant = Object.keys(indexed).filter(test);
    if (meant.length) {
      return meant.map((other) => ({ word: other, likeness: other === word ? 1 : likeness, cases: indexed[other] }));
    }
  }
  return [];
}

function stem(word) {
  return word.replace(/(ies|y)$/, "i").replace(/(ing|ed|es|s|e)$/, "") || word;
}

function isMistyped(word, other) {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  return most > 0 && Math.min(editDistance(word, other), editDistance(stem(word), stem(other))) <= most;
}

/** How many letters were left out, put in, changed or swapped with the next: Damerau's and Levenshtein's distance. */
function editDistance(a, b) {
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = last[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      next[column] = Math.min(change, last[column] + 1, next[column - 1] + 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) next[column] = Math.min(next[column], before[column - 2] + 1);
    }
    [before, last] = [last, next];
  }
  return last[b.length];
}

/** Cases that hold all the words or, if none does, those that hold the most. A rare word counts for more. */
function merge(found, cases) {
  const held = new Map();
  for (const meant of found) {
    for (const [number, score] of best(meant, cases)) {
      const { words, sum } = held.get(number) ?? { words: 0, sum: 0 };
      held.set(number, { words: words + 1, sum: sum + score });
    }
  }
  const most = Math.max(0, ...[...held.values()].map(({ words }) => words));
  const scores = new Map();
  for (const [number, { words, sum }] of held) if (words === most) scores.set(number, sum);
  const hits = new Map(found.flatMap((meant, place) => meant.map(({ word }) => [word, place])));
  return { scores, hits, all: most === found.length };
}

/** For one word typed: each case's best score among the words that may be meant. */
function best(meant, total) {
  const scores = new Map();
  for (const { likeness, cases } of meant) {
    const rarity = Math.log(1 + (2 * total) / cases.length);
    for (let at = 0, number = 0; at < cases.length; at += 2) {
      number += cases[at];
      const score = likeness * rarity * Math.log2(1 + cases[at + 1]);
      if (score > (scores.get(number) ?? 0)) scores.set(number, score);
    }
  }
  return scores;
}
