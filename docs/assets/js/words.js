// Words: MiniSearch over titles, summaries, answers, and the names under which people look.
// Typing errors are forgiven and accents folded; all words are wanted first, and any of them if none has all.

import MiniSearch from "../vendor/minisearch/minisearch.js";

const SMALL = new Set("a an and are as at by for from how in is it of on or the their they to was what when who with".split(" "));

function fold(word) {
  const plain = word.normalize("NFKD").replace(/[\u0300-\u036f’']/g, "").toLowerCase();
  return SMALL.has(plain) ? null : plain.replace(/(ies|y)$/, "i").replace(/(ing|ed|es|s|e)$/, "") || plain;
}

/** Fetch the words; return a function that gives a Map of scores by case study for a text. */
export async function open() {
  const documents = await (await fetch(new URL("../../find/words.json", import.meta.url))).json();
  const index = new MiniSearch({
    fields: ["title", "summary", "terms", "answers", "outcomes"],
    processTerm: fold,
    searchOptions: {
      boost: { title: 4, terms: 3, summary: 2 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  index.addAll(documents);
  return (text) => {
    const all = index.search(text, { combineWith: "AND" });
    const found = all.length ? all : index.search(text);
    return new Map(found.map((one) => [one.id, one.score]));
  };
}
