// Hands a text to the reader as a file, or for the clipboard.

const TYPES = { json: "application/json", md: "text/markdown", html: "text/html", csv: "text/csv" };

/** Download the text as a file of this name. */
export function download(name, text) {
  const link = document.createElement("a");
  const type = TYPES[name.split(".").at(-1)];
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a browser may ask first where to put it
}

/** Download the text under a name made of the title. */
export function offer(title, ending, text) {
  const name = title
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.join("-")
    .slice(0, 60);
  download(`${name || "plan"}.${ending}`, text);
}

/** Copy the text; whether the browser allowed it. Where it did not, the text stands selected in the area. */
export async function copy(text, area) {
  try {
    await navigator.clipboard.writeText(text);
    area.hidden = true;
    return true;
  } catch {
    area.hidden = false;
    area.value = text;
    area.select();
    return false;
  }
}
