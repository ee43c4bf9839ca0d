// Parts of a page that is drawn again and again: what is right already stays as it is, under the mouse and the focus.

export function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const made = new Map();

/** What was made under this name before, or else is made now. */
export function kept(name, make) {
  if (!made.has(name)) made.set(name, make());
  return made.get(name);
}

/** Let these be all the children, in this order. */
export function lay(parent, children) {
  for (const one of [...parent.children]) if (!children.includes(one)) one.remove();
  for (const [place, one] of children.entries()) {
    if (parent.children[place] !== one) parent.insertBefore(one, parent.children[place] ?? null);
  }
  return parent;
}

/** Let this be the text. */
export function tell(part, text) {
  if (part.textContent !== text) part.textContent = text;
}
