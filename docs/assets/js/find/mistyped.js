// What somebody may mean by a word that stands nowhere.

import { editDistance, mistakes } from "./words.js";

/**
 * The words that it begins (librar); only if there are none, those and the names that it mistypes (libary); only if there are
 * none, those that it mistypes in the first letters (pibrary); only if there are none, those whose first letters it lacks.
 */
export function alike(word, words, names) {
  const all = [...new Set([...words, ...names])];
  const starts = (length) => (other) => other.startsWith(word.slice(0, length));
  const tries = [
    () => (word.length > 2 ? words.filter(starts(word.length)) : []),
    () => (word.length > 2 ? names.filter(starts(word.length)) : []),
    () => nearest(word, all.filter(starts(2))),
    () => (word.length > 3 ? nearest(word, all) : []),
    () => ended(word, words),
  ];
  return tries.reduce((found, next) => (found.length ? found : next()), []);
}

/** The parts of a compound, one of them mistyped: those that were typed apart, or where a word ends. None if neither is near. */
export function split(word, parts, words) {
  const known = new Set(words);
  const whole = Array.from(word, (_, at) => [word.slice(0, at), word.slice(at)]).filter(([start]) => known.has(start));
  for (const [start, rest] of parts?.length === 2 ? [parts] : whole) {
    if (start.length < 3 || rest.length < 4 || !(known.has(start) || known.has(rest))) continue;
    const right = (part) => (known.has(part) ? part : nearest(part, words)[0]);
    const found = [right(start), right(rest)];
    if (found.every(Boolean)) return found;
  }
  return [];
}

function nearest(word, others) {
  const distances = new Map(others.map((other) => [other, mistakes(word, other)]));
  const least = Math.min(...distances.values());
  const near = least < Number.POSITIVE_INFINITY ? others.filter((other) => distances.get(other) === least) : [];
  return near.sort((one, other) => editDistance(word, one) - editDistance(word, other));
}

function ended(word, others) {
  const most = word.length < 5 ? 1 : 2;
  const lacking = (other) => other.endsWith(word) && other.length - word.length <= most;
  return word.length > 2 ? others.filter(lacking) : [];
}
