// Words as they are indexed: folded, figures as numbers, compounds whole and in parts. hooks/casebook/exports/search_index.py
// does the same.

const TOKEN =
  /\d[\d,]*(?:\.\d+)?[ \u00a0](?:million|billion|thousand|bn|mn|m|k)(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}'’]+(?:[-,.][\p{L}\p{M}\p{N}'’]+)*/giu;
const FIGURE = /^(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d+)?(million|billion|thousand|bn|mn|m|k)?$/;
const TIMES = { k: 1e3, t: 1e3, m: 1e6, b: 1e9 };

/** The tokens of a text, each with its place and its words: it as one word, and then the parts of a compound. */
export function tokenise(text) {
  return [...text.matchAll(TOKEN)].map((found) => ({
    text: found[0],
    start: found.index,
    end: found.index + found[0].length,
    words: wordsOf(fold(found[0])),
  }));
}

/** Without accents, apostrophes and capitals. */
function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .toLowerCase();
}

function wordsOf(token) {
  const figure = token.replace(" ", "").match(FIGURE);
  if (figure) return [number(figure)];
  if (/[ ,.]/.test(token)) return token.split(/[ ,.]/).filter(Boolean).flatMap(wordsOf);
  const parts = token.match(/\p{L}+|\d+/gu) ?? [];
  return [token.replaceAll("-", ""), ...(parts.length > 1 ? parts : [])];
}

function number([, whole, decimals = "", unit]) {
  const digits = whole.replaceAll(",", "");
  return decimals || unit
    ? String(Number(((digits + decimals) * (unit ? TIMES[unit[0]] : 1)).toPrecision(10)))
    : digits;
}

/** Without the ending of a plural or a verb, if enough is left: buses and bus are one, plays and play; coed is no co. */
export function stem(word) {
  return word.replace(/(ies|(?<![aeiou])y)$/, "i").replace(/(?<=...)(ing|ed|es|s|e)$/, "");
}

/** How unlike two words are, in letters; Infinity if more than somebody mistypes. */
export function mistakes(word, other) {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  if (!most || Math.abs(word.length - other.length) > most + 3) return Number.POSITIVE_INFINITY;
  const [own, its] = [stem(word), stem(other)];
  const least = Math.min(editDistance(word, other), own.length < 4 ? Number.POSITIVE_INFINITY : editDistance(own, its));
  return least <= most ? least : Number.POSITIVE_INFINITY;
}

/** How many letters were left out, put in, changed or swapped with the next: Damerau's and Levenshtein's distance. */
export function editDistance(a, b) {
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
