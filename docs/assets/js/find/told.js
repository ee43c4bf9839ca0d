// Shows on each card what was asked for: the answers to the questions ticked, and the outcomes with the result or evidence.

import { node } from "../dom/elements.js";
import { cached, reconcile } from "../dom/reconcile.js";
import { fetchData } from "../network/loading.js";

const parts = new Map(); // by case: what it tells, as its file has it

/** What each of these cases tells of what is asked for, as parts of a page. Throws a Loading if a file isn't here. */
export async function readTold(numbers, wish, group) {
  const isAsked = ["question", "result", "evidence"].some((facet) => wish.chosen.has(facet));
  if (!isAsked) return numbers.map(() => []);
  const told = await Promise.all(numbers.map((number) => read(number, group)));
  return told.map((one) => [...one.children].filter((part) => isWanted(part.dataset, wish)));
}

/** Show these parts on these cards. */
export function showTold(cards, told) {
  for (const [at, card] of cards.entries()) {
    const { pathname } = card.querySelector("a");
    const place = cached(`told ${pathname}`, () => node("div", { class: "card__tells" }));
    reconcile(place, told[at] ?? []);
    if (!place.hasChildNodes()) place.remove();
    else if (!card.contains(place)) card.querySelector(".card__facts").before(place);
  }
}

function isWanted({ question, result, evidence }, { chosen }) {
  if (question) return chosen.get("question")?.includes(question);
  const has = (facet, value) => !chosen.has(facet) || chosen.get(facet).includes(value);
  return (chosen.has("result") || chosen.has("evidence")) && has("result", result) && has("evidence", evidence);
}

async function read(number, group) {
  if (!parts.has(number)) {
    const first = number - (number % group);
    const page = document.createElement("template");
    page.innerHTML = (await fetchData(`told/${first / group}.json`)).html;
    for (const [place, one] of [...page.content.children].entries())
      if (!parts.has(first + place)) parts.set(first + place, { children: [...one.children] });
  }
  return parts.get(number);
}
