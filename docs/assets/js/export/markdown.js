// Texts and the summary as Markdown. What somebody typed stays text: nothing in it becomes a heading, a link or HTML.

/** A title, a line under it, and the rows of the summary's table. */
export function markdown(title, about, rows) {
  return `${[`# ${plain(title)}`, plain(about), ...rows.map(section)].join("\n\n")}\n`;
}

function section(row) {
  const [question, state, ...cells] = row.cells;
  const title = plain(question.querySelector("strong").textContent);
  const head = state.textContent ? `## ${title}: ${state.textContent.toLowerCase()}` : `## ${title}`;
  const filled = cells.filter((cell) => cell.textContent);
  const parts = filled.map((cell) => `**${cell.dataset.column}**\n\n${plain(text(cell))}`);
  return [head, plain(question.querySelector("span").textContent), ...parts].join("\n\n");
}

/** A cell's text with its line breaks. */
function text(cell) {
  return [...cell.childNodes].map((node) => (node.nodeName === "BR" ? "\n" : node.data)).join("");
}

/** A text in which Markdown finds nothing to do, its line breaks kept. */
export function plain(text) {
  return text.split("\n").map(plainLine).join("  \n");
}

function plainLine(line) {
  return line
    .trim()
    .replace(/[\\`*_[\]<>&~|$]/g, "\\$&")
    .replace(/^[-+=#]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}
