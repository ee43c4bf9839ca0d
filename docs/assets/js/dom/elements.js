// Elements of the page: found, made and filled.

/** The element of that id, or null. */
export const byId = (id) => document.getElementById(id);

export function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Write the text, if another one stands there. */
export function setText(part, text) {
  if (part.textContent !== text) part.textContent = text;
}
