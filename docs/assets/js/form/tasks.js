// The list of what is asked, at the top: how many things are left to do in each part of the form, or that it is done.

import { setText } from "../dom/elements.js";
import { placeOf } from "./error-summary.js";

/** Show how it stands with each part. `filled` tells whether anything is written in one. */
export function showTasks(list, form, found, places, filled) {
  const left = new Map();
  for (const { path } of found) {
    const part = placeOf(path, places).closest(".part")?.dataset.part;
    left.set(part, (left.get(part) ?? 0) + 1);
  }
  for (const place of list.querySelectorAll("[data-part]")) {
    const { part } = place.dataset;
    const node = form.querySelector(`.part[data-part="${part}"]`);
    place.classList.toggle("tasks__state--done", node ? !left.get(part) && filled(node) : !found.length);
    setText(place, node ? state(left.get(part) ?? 0, filled(node)) : found.length ? "not yet" : "ready");
  }
}

function state(number, isBegun) {
  if (!number) return isBegun ? "done" : "optional";
  return isBegun ? `${number} left` : "to do";
}
