// What a text holds of other programs and dialects, as in hooks/casebook/validation/markup.py; and what of it the form turns into
// plain text, where there is no doubt what is meant.

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi;
const BULLET = /^[ \t\u00a0]*(?:[•‣◦▪▫■□●○⁃∙·➢➤✓✔❖►▶\uf0b7\uf0a7\uf0d8]\s*|[o§–—*+-][\t\u00a0]+)(?=\S)/gm;
const area = document.createElement("textarea");

/** Yield each {mark, at, kind} of these kinds in the text: of two at one place, the first. No pattern has groups of its own. */
export function* found(text, kinds, place) {
  const here = kinds.filter((kind) => (kind.in ?? place) === place);
  const pattern = new RegExp(here.map((kind) => `(${kind.pattern})`).join("|"), "gm");
  for (const match of text.matchAll(pattern)) {
    const [mark, ...groups] = match;
    yield { mark, at: match.index, kind: here[groups.findIndex((group) => group !== undefined)] };
  }
}

export const withoutAddresses = (text) =>
  text.replace(/(?<=:\/\/)[^\s<>"[\]{}|]+/g, (address) => ".".repeat(address.length));

/** The text with the characters that its entities stand for. */
export const decoded = (text) =>
  text.replace(ENTITY, (entity) => {
    area.innerHTML = entity;
    return area.value;
  });

/** The text with what the % forms of its addresses stand for, even if they were written twice. */
export function unescaped(text) {
  try {
    return decodeURIComponent(decodeURIComponent(text));
  } catch {
    return text;
  }
}

/** What readers see of each paragraph of a section's Markdown: nothing that Markdown makes, and what is left of it. */
export function paragraphs(text) {
  return text
    .split(/\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t])/)
    .map((block) => seen(/^[ \t|:-]*-[ \t|:-]*\|[ \t|:-]*$/m.test(block) ? block.replaceAll("|", " ") : block));
}

const seen = (block) =>
  decoded(
    block
      .replace(/^[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:#{1,6}[ \t]+)?/gm, "")
      .replace(
        /(?<!\\)!?\[((?:[^\][\\]|\\.)*)\]\((?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+"[^"]*")?\)/g,
        (_, words) => (/\S/.test(words) ? words : "[]("),
      )
      .replace(/(?<!\\|(?:https?:\/\/|www\.)[^\s<>]*)\[\^[^\]\s]+\]:?/g, "")
      .replace(/(?<!\\)(\*\*|~~|(?<!\w)__)(?=\S)([\s\S]*?[^\s\\])\1/g, "$2")
      .replace(/(?<![\\*\w])\*(?=[^\s*])([^*\n]*[^\s\\*])\*|(?<=\w)\*(?=\p{L})([^*\n]*\p{L})\*(?=\w)/gu, "$1$2")
      .replace(/\\([!-/:-@[-`{-~])/g, "$1"),
  );

/** What is pasted, as it was meant: spaces that are some, lists of a word processor, entities; in a field, no Markdown. */
export function pasted(text, isProse) {
  const meant = decoded(isProse ? text.replace(/&(?=(?:lt|gt|amp|#60|#62|#38);)/gi, "&amp;") : text);
  const plain = meant
    .replace(/\r\n?|[\u2028\u2029\v]/g, "\n")
    .replace(BULLET, "- ")
    .replace(/^[ \t\u00a0]*(\d{1,2}[.)])[\t\u00a0]+/gm, "$1 ")
    .replace(/^[\t\u00a0]+/gm, "")
    .replace(/[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ");
  if (isProse) return plain;
  return plain
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/^(?:#{1,6}|>|-) (?=\S)/, "")
    .replace(/!?\[([^\][\n]*)\]\([^\s()]*\)/g, "$1")
    .replace(/(\*\*|__|~~|`)(?=\S)([^\n]*?\S)\1/g, "$2")
    .replace(/(?<![\w*_])([*_])(?=\S)([^*_\n]*\S)\1(?!\w)/g, "$2");
}
