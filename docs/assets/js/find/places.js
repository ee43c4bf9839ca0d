// Which words are the name of a place, from the councils of the register.

import { fetchData, Loading } from "../network/loading.js";
import { tokenise } from "./words.js";

const SAYS_PLACE = /^(council|borough|district|county|city|town|metropolitan|unitary|of|the)$/;

/** The other pages and the councils, as hooks/casebook/site/site_index.py writes them. Null if it can't be had: the case studies are whole without it. */
export async function fetchSite() {
  try {
    return await fetchData("site.json");
  } catch (error) {
    if (error instanceof Loading) return null;
    throw error;
  }
}

/** Whether one of these texts is the name of a place: somebody who typed it has not mistyped another word. */
export async function isPlace(texts) {
  const site = await fetchSite();
  const names = site?.councils.flatMap((one) => [one.name, ...one.names]) ?? [];
  const places = new Set(names.map((name) => key(tokenise(name))));
  return texts.some((text) => places.has(key(tokenise(text))));
}

const key = (tokens) => tokens.map(({ words: [word] }) => word).join(" ");

/** The council without a case study that the text names, or whose town: by the longest name in it. */
export function unwritten(text, wanted, councils) {
  const byName = new Map(councils.flatMap((one) => [one.name, ...one.names].map((name) => [key(tokenise(name)), one])));
  for (const { typed, ways } of wanted) {
    for (const { means } of ways)
      if (means && byName.has(key(tokenise(means)))) byName.set(key(tokenise(typed)), byName.get(key(tokenise(means))));
  }
  const tokens = tokenise(text);
  for (let length = tokens.length; length > 0; length--) {
    for (let at = 0; at + length <= tokens.length; at++) {
      const council = byName.get(key(tokens.slice(at, at + length)));
      if (council && isMeant(tokens, at, length)) return council.has ? undefined : council;
    }
  }
}

/** A name is a place's if nothing else was typed, if it has a capital, or beside a word such as "council". */
function isMeant(tokens, at, length) {
  const others = [...tokens.slice(0, at), ...tokens.slice(at + length)].flatMap(({ words }) => words);
  return (
    others.every((word) => SAYS_PLACE.test(word)) ||
    /^\p{Lu}/u.test(tokens[at].text) ||
    SAYS_PLACE.test(tokens[at + length]?.words[0] ?? "")
  );
}
