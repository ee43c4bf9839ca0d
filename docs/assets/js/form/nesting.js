// Lists and quotations of a draft's body that stand within each other, read line by line.

export const MAX_DEPTH = 4; // as in hooks/casebook/content/outline.py

/** The lines on which a list or quotation begins within as many others as there may be. */
export function tooDeep(lines) {
  let open = []; // lists and quotations, the outermost first: {mark, width}
  let inText = false;
  return lines.filter(({ text }) => {
    const [within, rest] = inside(text.replaceAll("\t", "    "), open);
    const [begun, end] = containers(rest);
    const hasText = /\S/.test(end);
    if (hasText && inText && !begun.length) return false; // a paragraph may go on without its marks
    const isSibling = begun.length > 0 && begun[0].mark !== ">" && begun[0].mark === open[within]?.mark;
    const first = within + (isSibling ? 1 : 0);
    open = [...open.slice(0, within), ...begun];
    inText = hasText && !/^ {0,3}#/.test(end);
    return first <= MAX_DEPTH && open.length > MAX_DEPTH && begun.length > 0;
  });
}

/** How many of the open lists and quotations a line goes on with, and the rest of it. */
function inside(line, open) {
  let within = 0;
  for (const { mark, width } of open) {
    const found = line.match(mark === ">" ? /^ {0,3}> ?/ : new RegExp(`^ {${width}}|^ *$`));
    if (!found) break;
    line = line.slice(found[0].length);
    within += 1;
  }
  return [within, line];
}

/** The lists and quotations that begin in a line, and the rest of it. */
function containers(line) {
  const begun = [];
  for (;;) {
    const isRule = /^ {0,3}([-*_])(?: *\1){2,} *$/.test(line);
    const [whole, mark] =
      (!isRule && line.match(/^ {0,3}(?:(>) ?|([-+*]|\d{1,9}[.)])(?: {1,4}(?=\S)| (?= )|$))/)) || [];
    if (whole === undefined) return [begun, line];
    begun.push({ mark: mark ?? whole.trim().at(-1), width: whole.length + (whole.endsWith(" ") ? 0 : 1) });
    line = line.slice(whole.length);
  }
}
