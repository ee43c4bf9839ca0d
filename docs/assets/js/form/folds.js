// Parts of the form that are folded away: open where something is written in them, is wrong in them, or is what an address
// leads to.

import { byId } from "../dom/elements.js";

/** Open all that is closed around an element, and what is folded directly in it. */
export function reveal(node) {
  for (let closed = node.closest("details"); closed; closed = closed.parentElement.closest("details"))
    closed.open = true;
  for (const fold of node.children) if (fold.matches("details.fold")) fold.open = true;
}

/** Open the folds in which something is written. */
export function openFilled(form, isFilled) {
  for (const fold of form.querySelectorAll("details.fold")) if (isFilled(fold)) fold.open = true;
}

/** Open what stands around the place to which the address leads, and go there. */
export function followAddress() {
  const place = byId(location.hash.slice(1));
  if (!place?.closest(".asks")) return;
  reveal(place);
  place.scrollIntoView();
  if (place.matches("input, textarea, select, button")) place.focus();
}
