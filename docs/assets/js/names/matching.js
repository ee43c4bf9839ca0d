// What somebody may have meant: difflib.get_close_matches, and hooks/casebook/model/matching.py.

const MOST = 3;

/** Lower case, no accents or apostrophes, "&" as "and", one space between words. */
export function fold(text) {
  const plain = text.replace(/&/g, " and ").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (plain.replace(/['’]/g, "").match(/[a-z0-9]+/g) ?? []).join(" ");
}

/** Up to three ids, the likeliest first: by name or alias, by beginning, by likeness. */
export function nearest(typed, terms, generic) {
  const found = named(typed, terms, generic);
  if (found.length) return found;
  const names = namesOf(terms).map(([name, id]) => [bare(name, generic), id]);
  const short = bare(fold(typed), generic);
  const begins = short.length > 3 ? having(names, (name) => name.startsWith(short)) : [];
  const near = names.flatMap(([name]) => (name[0] === short[0] ? name : []));
  const alike = closest(short, [...new Set(near)], MOST, 0.8);
  return first([...begins, ...alike.flatMap((close) => names.filter(([name]) => name === close).map(([, id]) => id))]);
}

/** Up to three ids of terms with this name or alias, "council" and the like aside. */
export function named(typed, terms, generic) {
  const names = namesOf(terms);
  const folded = fold(typed);
  const short = bare(folded, generic);
  const exact = having(names, (name) => name === folded);
  return exact.length || !short ? exact : having(names, (name) => bare(name, generic) === short);
}

const namesOf = (terms) => terms.flatMap(({ id, names }) => names.map((name) => [fold(name), id]));
const having = (names, test) => first(names.filter(([name]) => test(name)).map(([, id]) => id));
export const bare = (name, generic) =>
  name
    .split(" ")
    .filter((word) => !generic.includes(word))
    .join(" ");
const first = (ids) => [...new Set(ids)].slice(0, MOST);

/** The texts most like a word, as difflib finds them. */
export function closest(word, texts, most, cutoff) {
  return texts
    .map((text) => [(2 * common(text, word)) / (text.length + word.length), text])
    .filter(([ratio]) => ratio >= cutoff)
    .sort(([a, one], [b, other]) => b - a || (one < other ? 1 : -1))
    .slice(0, most)
    .map(([, text]) => text);
}

/** How many letters stand in both in the same order: the longest run, then the same to its left and to its right. */
function common(a, b) {
  let [size, inA, inB] = [0, 0, 0];
  let above = [];
  for (let i = 0; i < a.length; i++) {
    const row = [];
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue;
      row[j] = (above[j - 1] ?? 0) + 1;
      if (row[j] > size) [size, inA, inB] = [row[j], i - row[j] + 1, j - row[j] + 1];
    }
    above = row;
  }
  if (!size) return 0;
  return size + common(a.slice(0, inA), b.slice(0, inB)) + common(a.slice(inA + size), b.slice(inB + size));
}
