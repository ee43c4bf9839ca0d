// Choosing a term by typing: an editable combobox with a list, as in the ARIA Authoring Practices. Any text may stay.

import { byId, node } from "../dom/elements.js";
import { fold } from "../names/matching.js";

const MOST = 30; // the list scrolls

/** Make every combobox in the form work, also those that come later. */
export function comboboxes(form, terms) {
  const boxAt = (event) => event.target.closest("[role=combobox]");
  form.addEventListener("input", (event) => event.isTrusted && boxAt(event) && open(boxAt(event), terms));
  form.addEventListener("focusout", (event) => boxAt(event) && close(boxAt(event)));
  form.addEventListener("keydown", (event) => boxAt(event) && press(event, boxAt(event), terms));
  form.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault(); // the focus stays in the box
    choose(option.parentElement.previousElementSibling, option);
  });
}

const listOf = (box) => byId(box.getAttribute("aria-controls"));
const active = (box) => byId(box.getAttribute("aria-activedescendant"));

function open(box, terms) {
  const found = matches(box.value, terms.facets[box.closest("[data-facet]").dataset.facet]);
  listOf(box).replaceChildren(
    ...found.map(({ label }, number) => {
      const option = { id: `${box.id}-${number}`, role: "option", "aria-selected": "false" };
      return node("li", option, label);
    }),
  );
  show(box, found.length > 0);
}

/** Terms with a name that begins so, then those with a word that does. */
function matches(typed, terms) {
  const start = fold(typed);
  const begins = terms.filter(({ names }) => names.some((name) => fold(name).startsWith(start)));
  const holds = terms.filter(({ names }) => names.some((name) => ` ${fold(name)}`.includes(` ${start}`)));
  return [...new Set([...begins, ...holds])].slice(0, MOST);
}

function show(box, isOpen) {
  listOf(box).hidden = !isOpen;
  box.setAttribute("aria-expanded", String(isOpen));
  box.removeAttribute("aria-activedescendant");
}

function close(box) {
  show(box, false);
}

function press(event, box, terms) {
  const { key } = event;
  const isOpen = box.getAttribute("aria-expanded") === "true";
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) open(box, terms);
    move(box, key === "ArrowDown" ? 1 : -1);
  } else if (key === "Enter") {
    event.preventDefault(); // Enter in a box does not send the form
    if (isOpen && active(box)) choose(box, active(box));
  } else if (key === "Escape" && isOpen) {
    close(box);
  }
}

function move(box, step) {
  const options = [...listOf(box).children];
  if (!options.length) return;
  const before = active(box) ? options.indexOf(active(box)) : step > 0 ? -1 : 0;
  const next = options[(before + step + options.length) % options.length];
  for (const option of options) option.setAttribute("aria-selected", String(option === next));
  box.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function choose(box, option) {
  box.value = option.textContent;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  close(box);
}
