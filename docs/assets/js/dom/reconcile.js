// Renders a part of the page again. What is right already stays: a mouse may be pressed on it, or the focus be there.

const made = new Map();

/** What was made under this name before, or else is made now. */
export function cached(name, make) {
  if (!made.has(name)) made.set(name, make());
  return made.get(name);
}

/** Make these the children of the parent. Only what has come, gone or changed places is touched. */
export function reconcile(parent, wanted) {
  const kept = new Set(wanted);
  for (const one of [...parent.children]) if (!kept.has(one)) one.remove();
  const places = new Map(wanted.map((one, place) => [one, place]));
  const staying = inOrder([...parent.children], (one) => places.get(one));
  wanted.reduceRight((next, one) => {
    if (!staying.has(one)) parent.insertBefore(one, next);
    return one;
  }, null);
  return parent;
}

/** As many of the items as follow one another by their places already. */
function inOrder(items, place) {
  const runs = items.map(() => null); // the longest run that ends with each: {length, item, before}
  items.forEach((item, at) => {
    const before = longest(runs.slice(0, at).filter((run) => place(run.item) < place(item)));
    runs[at] = { length: (before?.length ?? 0) + 1, item, before };
  });
  const found = new Set();
  for (let run = longest(runs); run; run = run.before) found.add(run.item);
  return found;
}

function longest(runs) {
  return runs.reduce((best, run) => (run.length > (best?.length ?? 0) ? run : best), null);
}
