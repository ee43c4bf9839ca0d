// Which term a text names, as `meant` in hooks/casebook/model/matching.py has it.

import { bare, fold } from "./matching.js";

const OWN = 3; // so many of a term's names are its own, the id first; the others are aliases
const MOST = 6;

/**
 * The terms that the text names; the only one is sure. What is the own name of one, or else every term that is called so, or
 * whose name begins with these words, "council" and the like aside. An abolished council comes with its successors: it is
 * never sure, unless it was chosen as such.
 */
export function meant(typed, terms, generic) {
  const chosen = terms.find(({ label, years }) => years && label === typed);
  if (chosen) return [chosen];
  const wanted = fold(typed);
  const short = bare(wanted, generic);
  const having = (test) => terms.filter(({ names }) => test(names.map(fold)));
  let found = having((names) => names.slice(0, OWN).includes(wanted));
  if (!found.length && short) found = having((names) => isCalled(names, short, wanted, generic));
  if (found.length > MOST) return [];
  if (found.length === 1 && found[0].years) {
    return [...terms.filter(({ id }) => found[0].successors.includes(id)), found[0]];
  }
  return found;
}

/** Whether a name begins with the words; that of a combined authority, only if they say so. */
function isCalled(names, short, wanted, generic) {
  const isCombined = names.some((name) => name.includes("combined"));
  if (isCombined && !wanted.includes("combined")) return names.includes(wanted);
  return names.some((name) => `${bare(name, generic)} `.startsWith(`${short} `));
}
