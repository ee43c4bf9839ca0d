// The files of the search index that hold a word: hooks/casebook/exports/shards.py divides them.

import { fetchData } from "../network/loading.js";
import { stem } from "./words.js";

const OTHERS = "_"; // words that would make no plain file name

/** The indexed words that are this one or of its stem, with their cases, among others. */
export async function fetchWords(word, about) {
  const name = shard(word, about.words);
  return name ? (await fetchData(`words/${name}.json`)).words : {};
}

/** The words that follow this one in the case studies, and follow others. */
export async function fetchPairs(word, about) {
  const name = shard(word, about.pairs);
  return name ? (await fetchData(`pairs/${name}.json`)).pairs : {};
}

/** The longest name with which the word's stem begins. */
function shard(word, names) {
  const root = stem(word);
  const starts = Array.from(root, (_, less) => root.slice(0, root.length - less));
  return (/^[a-z0-9]+$/.test(root) ? starts : [OTHERS]).find((start) => names.includes(start));
}
