// Marks the words on a card, and adds the passage in which they stand, read from the case study's own page.

import { node } from "../dom/elements.js";
import { released } from "../dom/pressed.js";
import { cached } from "../dom/reconcile.js";
import { Loading, request } from "../network/loading.js";
import { tokenise } from "./words.js";

const PASSAGES = ".answers dd, .outcome__what, .story p, .story li, .updates dd, .sources li"; // in a case study's page
const LONGEST = 240;
const latest = new WeakMap(); // the hits that were last marked on each card

/**
 * Mark the words on the card. If it doesn't show all of those typed, add the passage that holds the most of the others.
 * `hits` is as ranking.js gives it.
 */
export async function highlight(card, hits) {
  latest.set(card, hits);
  const parts = [...card.querySelectorAll(".card__title a, .card__text, .card__place, .card__theme")];
  const shown = new Set(parts.flatMap((part) => highlightIn(part, hits)));
  const isWhole = shown.size === new Set(hits.values()).size;
  const texts = isWhole
    ? []
    : await fetchPassages(
        card.querySelector(".card__title a").href,
        () => latest.get(card) === hits && highlight(card, hits),
      );
  await released();
  if (latest.get(card) === hits) showSnippet(card, bestPassage(texts, hits, shown), hits);
}

/** Show an excerpt of this passage on the card, or none. */
function showSnippet(card, passage, hits) {
  const line = card.querySelector(".card__passage");
  if (!passage) return line?.remove();
  const text = excerpt(passage, hits);
  if (line?.textContent === text) return highlightIn(line, hits);
  const fresh = node("p", { class: "card__passage" }, text);
  highlightIn(fresh, hits);
  line?.remove();
  card.querySelector(".card__facts").before(fresh);
}

/** The passage that holds the most of the words typed that the card doesn't show, or undefined. */
function bestPassage(texts, hits, shown) {
  let best;
  let most = 0;
  for (const text of texts) {
    const typed = new Set(tokenise(text).flatMap((token) => places(token, hits)));
    const number = [...typed].filter((place) => !shown.has(place)).length;
    if (number > most) [best, most] = [text, number];
  }
  return best;
}

/** The passages of a case study's page. A card is whole without them. Call `changed` if they come late. */
async function fetchPassages(address, changed) {
  const page = cached(`passages ${address}`, () => new Loading((cache) => parsePassages(address, cache)));
  if (page.state === "failed") page.again();
  try {
    return await page.settled();
  } catch {
    page.addEventListener("change", () => page.state === "here" && changed(), { once: true });
    return [];
  }
}

async function parsePassages(address, cache) {
  const page = new DOMParser().parseFromString(await (await request(address, cache)).text(), "text/html");
  for (const cite of page.querySelectorAll(".cite")) cite.remove();
  return [...page.querySelectorAll(PASSAGES)].map((part) => part.textContent.trim().replace(/\s+/g, " "));
}

/** The places of what was typed that a token may be. */
function places({ words }, hits) {
  return words.filter((word) => hits.has(word)).map((word) => hits.get(word));
}

/** As much of the passage as fits round its first word that was meant. */
function excerpt(passage, hits) {
  if (passage.length <= LONGEST) return passage;
  const first = tokenise(passage).find((token) => places(token, hits).length);
  const from = Math.max(0, Math.min(first.start - LONGEST / 3, passage.length - LONGEST));
  const start = from ? passage.indexOf(" ", from) + 1 : 0;
  const end = start + LONGEST < passage.length ? passage.lastIndexOf(" ", start + LONGEST) : passage.length;
  return `${start ? "… " : ""}${passage.slice(start, end)}${end < passage.length ? " …" : ""}`;
}

/** Put <mark> round the words, and round no others; return the places of those typed that stand there. */
function highlightIn(part, hits) {
  const text = part.textContent;
  const found = tokenise(text).filter((token) => places(token, hits).length);
  const marks = [...part.querySelectorAll("mark")].map((one) => one.textContent);
  if (found.map((token) => token.text).join() !== marks.join()) {
    const ends = [0, ...found.map(({ end }) => end)];
    const pieces = found.flatMap(({ text: word, start }, at) => [text.slice(ends[at], start), node("mark", {}, word)]);
    part.replaceChildren(...pieces, text.slice(ends.at(-1)));
  }
  return found.flatMap((token) => places(token, hits));
}
