// What the find page says of a search: which words no case study has, what is shown instead, and what the thesaurus added.

import { byId, node } from "../dom/elements.js";
import { cached, reconcile } from "../dom/reconcile.js";

const said = byId("said");

/** Say what was made of what was typed, as ranking.js gives it. `exactly` searches for one thing exactly as it was typed. */
export function showNotices({ wanted, ignored }, exactly) {
  const lines = ignored ? [line(`${quoted([ignored])} holds no word to look for, so it changes nothing.`)] : [];
  const made = wanted.flatMap(({ typed, cases, instead, added, isPlace }) => {
    if (instead.length) {
      const shown = cases.size ? `Showing ${quoted(instead)}.` : `Taken for ${quoted(instead)}.`;
      return [line(`No case study has ${quoted([typed])}. ${shown}`, typed, exactly)];
    }
    if (!cases.size) return wanted.length > 1 && !isPlace ? [line(`No case study has ${quoted([typed])}.`)] : [];
    return added.length ? [line(`${quoted([typed])} was taken to mean ${quoted(added)}, too.`, typed, exactly)] : [];
  });
  lines.push(...made);
  reconcile(said, lines);
  said.hidden = !lines.length;
}

function line(text, typed, exactly) {
  return cached(`notice ${text}`, () => {
    if (!typed) return node("p", {}, text);
    const button = node("button", { type: "button", class: "button" }, `Search for exactly ${quoted([typed])}`);
    button.addEventListener("click", () => exactly(typed));
    return node("p", {}, `${text} `, button);
  });
}

/** Say on a card what of the search its case study doesn't hold. */
export function showMissing(card, missing) {
  const old = card.querySelector(".card__missing");
  const text = missing.length ? `Without ${quoted(missing)}` : "";
  if ((old?.textContent ?? "") === text) return;
  old?.remove();
  if (text) card.querySelector(".card__facts").before(node("p", { class: "card__missing" }, text));
}

function quoted(texts) {
  return new Intl.ListFormat("en-GB", { type: "conjunction" }).format(
    texts.map((text) => `“${text.replace(/["“”]/g, "")}”`),
  );
}
