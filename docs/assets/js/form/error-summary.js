// Problems beside their fields and in a summary, as in the GOV.UK Design System: the same words in both, in the page's order.

import { byId } from "../dom/elements.js";
import { reveal } from "./folds.js";

export class ErrorSummary {
  constructor(summary) {
    this.summary = summary;
    this.marked = []; // the elements that are marked as wrong
  }

  /** It may be longer than the window: its beginning is in view. */
  focus() {
    this.summary.focus({ preventScroll: true });
    this.summary.scrollIntoView();
  }

  /** Show these problems, and no others. `places` leads from a path, as JSON, to its element. */
  show(problems, places) {
    this.clear();
    const shown = problems.map((problem) => ({ ...problem, node: placeOf(problem.path, places) }));
    shown.sort((one, other) =>
      one.node.compareDocumentPosition(other.node) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    for (const problem of shown) this.mark(problem);
    const items = shown.map(item);
    this.summary.querySelector("ul").replaceChildren(...items);
    this.summary.hidden = items.length === 0;
    document.title = `${items.length ? "Error: " : ""}${document.title.replace(/^Error: /, "")}`;
  }

  clear() {
    for (const { node, slot } of this.marked) {
      slot.replaceChildren();
      slot.hidden = true;
      node.classList.remove("ask--wrong");
      for (const control of controls(node)) control.removeAttribute("aria-invalid");
    }
    this.marked = [];
  }

  mark({ node, message, hint }) {
    const slot = byId(`${node.dataset.id}-error`);
    const known = byId(`${node.dataset.id}-hint`)?.textContent;
    const how = hint && !known?.includes(hint) ? ` ${hint}` : "";
    slot.append(span("Error: ", "unseen"), span(`${name(node)}: ${message}`), span(how, "ask__mend"));
    slot.hidden = false;
    reveal(node);
    node.classList.add("ask--wrong");
    for (const control of controls(node)) control.setAttribute("aria-invalid", "true");
    this.marked.push({ node, slot });
  }
}

/** The element of a path, or of the nearest one around it. */
export function placeOf(path, places) {
  for (let most = path.length; most > 0; most--) {
    const node = places.get(JSON.stringify(path.slice(0, most)));
    if (node?.dataset.id) return node;
  }
  throw new Error(`no place for ${path}`);
}

/** The controls of a single field; a group or a list has none of its own. */
const controls = (node) =>
  ["group", "rows", "sources"].includes(node.dataset.kind) ? [] : node.querySelectorAll("input, textarea, select");

/** What the place is called: "Outcome 1, Evidence". */
export function name(node) {
  const above = node.dataset.row ? null : node.parentElement.closest("[data-label]");
  return above ? `${name(above)}, ${node.dataset.label}` : node.dataset.label;
}

function item({ node, message, field }) {
  const link = document.createElement("a");
  const to = node.querySelector("summary:not(.fold > *), input:not([type=hidden]), textarea, select, [data-add], a");
  link.href = `#${to.id || node.dataset.id}`;
  link.textContent = `${name(node)}: ${message}`;
  link.dataset.field = fieldName(field);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    reveal(node);
    to.focus();
  });
  const made = document.createElement("li");
  made.append(link);
  return made;
}

/** For example outcomes[0].result. */
const fieldName = (path) =>
  path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");

const span = (textContent, className = "") => Object.assign(document.createElement("span"), { textContent, className });
