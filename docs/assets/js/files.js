// Hands a text to the reader as a file.

const TYPES = { json: "application/json", md: "text/markdown", html: "text/html" };

/** Download the text under a name made of the title. */
export function offer(title, ending, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${TYPES[ending]};charset=utf-8` }));
  const name = title.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join("-").slice(0, 60);
  link.download = `${name || "plan"}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a browser may ask first where to put it
}
