// What stands in the draft, field by field in the form's order, to be looked over before it is sent.

import { node } from "../dom/elements.js";
import { name } from "./error-summary.js";
import { reveal } from "./folds.js";

/** Render the answers. `places` leads from a path, as JSON, to its element. */
export function renderAnswers(list, places) {
  const given = [...new Set(places.values())].filter((one) => one.dataset.label && one.dataset.kind !== "group");
  list.replaceChildren(...given.flatMap(answer));
}

function answer(place) {
  const value = written(place);
  if (!value) return [];
  const box = place.querySelector("input:checked, input:not([type=hidden]), textarea, select");
  const called = name(place);
  const link = node("a", { href: `#${box.id}` }, "Change", node("span", { class: "unseen" }, ` ${called}`));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    reveal(box);
    box.focus();
  });
  return [node("dt", {}, called), node("dd", {}, node("p", {}, value), link)];
}

/** What somebody reads who reads the field. */
function written(place) {
  const { kind } = place.dataset;
  if (kind === "citations" || kind === "choice") {
    const chosen = [...place.querySelectorAll("input:checked, option:checked")].filter(({ value }) => value);
    return chosen.map((one) => (one.labels?.[0]?.lastElementChild ?? one).firstChild.textContent.trim()).join(", ");
  }
  if (!["text", "prose", "term"].includes(kind)) return "";
  return place.querySelector("input, textarea").value.trim();
}
