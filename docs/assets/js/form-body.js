// The body of a draft: its text, and its rules, in the words of hooks/casebook/body_rules.py.
// The checks read Markdown line by line, not as the engine does: what they overlook, `check` says when the file arrives.

import { headingId, shown } from "./form-text.js";
import { closest } from "./form-meant.js";

/** The body's text: each heading with what stands under it. */
export const compose = (body, headings) =>
  headings.map((heading) => `## ${heading}\n\n${body[heading] ?? ""}`.trimEnd()).join("\n\n");

/** What the rules must know: lines of text with code blanked, headings, and which of the five each line stands under. */
export function outline(body, headings) {
  const lines = headings.flatMap((title) => [
    { text: `## ${title}`, section: title },
    { text: "", section: title },
    ...blanked(body[title] ?? "").map((text) => ({ text, section: title })),
    { text: "", section: title },
  ]);
  for (const [number, line] of lines.entries()) line.heading = heading(line.text, lines[number + 1]?.text ?? "", lines[number - 1]?.text ?? "");
  return lines;
}

/** The lines of a text, with code as full stops: nothing in it is a link, a citation or HTML. */
function blanked(text) {
  const hide = (code) => code.replace(/[^\n]/g, ".");
  return text
    .replace(/^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:[\s\S]*?\n)?? {0,3}\1[`~]*[ \t]*$/gm, hide)
    .replace(/(?<!`)(`+)(?!`)(?:(?!\n\n)[\s\S])*?(?<!`)\1(?!`)/g, hide)
    .replace(/\\[!-/:-@[-`{-~]/g, "..")
    .split("\n");
}

/** {level, title} if the line is a heading, by # or by a line of = or - below it. */
function heading(text, below, above) {
  const found = text.match(/^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/);
  if (found) return { level: found[1].length, title: (found[2] ?? "").trim() };
  const isText = /^ {0,3}[^\s>#|*+-]/.test(text) && !/^\s*(=+|-+)\s*$/.test(text) && (!above || true);
  const under = isText && below.match(/^ {0,3}(=+|-+)[ \t]*$/);
  return under ? { level: under[1][0] === "=" ? 1 : 2, title: text.trim() } : null;
}

const FINDS = {
  html: /<(?:\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>|!--|\?|![a-z]|!\[cdata)/i,
  image: /!\[[^\]]*\]\(\s*<?([^)\s>]*)/g,
  link: /(?<!!)\[(?!\^)[^\]]*\]\(\s*<?([^)\s>]*)/g,
  mail: /(?<![\w/.:@])(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  citation: /\[\^([^\]\s]+)\](:?)/g,
};

/** Every citation of a source, with the section that it stands in. A footnote that the text itself defines is none. */
export function citations(lines) {
  const found = lines.flatMap(({ text, section }) => [...text.matchAll(FINDS.citation)].map(([, id, colon]) => ({ id, section, colon })));
  const defined = new Set(found.filter(({ colon }) => colon).map(({ id }) => id));
  return found.filter(({ id }) => !defined.has(id));
}

/** Yield every problem of the body. */
export function* bodyProblems({ body }, { headings, titles }) {
  const lines = outline(body, headings);
  const order = headings.join(" / ");
  const problem = (section, message, hint = "") => ({ path: ["body", section], field: ["body"], message, hint });
  let latest = -1;
  for (const [number, { section, heading: found, text }] of lines.entries()) {
    if (found && found.level <= 2) {
      const { level, title } = found;
      const place = headings.indexOf(title);
      if (level === 1 || place < 0) {
        const [meant] = closest(title, headings, 1, 0.6);
        const asked = meant ? `Did you mean "## ${meant}"? ` : "";
        yield problem(section, `"${"#".repeat(level)} ${shown(title)}" is not one of the five headings`, `${asked}They are: ${order}.`);
      } else {
        if (place <= latest) yield problem(section, `"## ${title}" is out of order or repeated`, `The order is: ${order}.`);
        latest = Math.max(latest, place);
        if (!hasText(lines.slice(number + 1), level)) {
          yield problem(section, `nothing stands under "${title}"`, "If there is truly nothing to tell, say so in a sentence.");
        }
      }
    }
    yield* ofLine(text, (message, hint) => problem(section, message, hint), lines, headings, titles);
  }
}

/** Whether text stands below, before a heading of the same level or a higher one. */
function hasText(below, level) {
  const end = below.findIndex(({ heading: next }) => next && next.level <= level);
  return below.slice(0, end < 0 ? below.length : end).some(({ text, heading: next }) => !next && /[^\s=-]/.test(text));
}

function* ofLine(text, problem, lines, headings, titles) {
  if (FINDS.html.test(text)) {
    const hint = "Use Markdown. To show a < as text, write `<` between backticks or &lt;.";
    yield problem(`raw HTML is not allowed: "${shown(text.trim())}"`, hint);
  }
  for (const [, address] of text.matchAll(FINDS.image)) {
    yield problem(`images are not used in case studies: "${shown(address)}"`, "Say it in words.");
  }
  if (text.startsWith("[^") && text.includes("]:")) {
    const hint = "Write the source under `sources`; its footnote is made from that.";
    yield problem(`a footnote is defined here: "${shown(text)}"`, hint);
  }
  const mails = [...text.matchAll(FINDS.mail)].map(([mail]) => (mail.startsWith("mailto:") ? mail : `mailto:${mail}`));
  for (const address of [...[...text.matchAll(FINDS.link)].map(([, one]) => one), ...mails]) {
    const message = linkFault(address, lines, headings, titles);
    if (message) {
      yield problem(message, "Link to https:// addresses, to other case studies as other-slug.md, or to #a-heading.");
    }
  }
}

/** What is wrong with the address of a link, or "". */
function linkFault(address, lines, headings, titles) {
  const [page, anchor] = address.split(/#(.*)/);
  if (!address || /^(javascript|vbscript|file|data):/i.test(address)) return "a link has no address, or one that is not safe";
  if (/^https?:\/\//.test(address)) return "";
  if (page.endsWith(".md") && !/[/:]/.test(page)) {
    if (!Object.hasOwn(titles, page.slice(0, -3))) return `the link "${shown(address)}" leads to a case study that does not exist`;
    return !anchor || headings.map(headingId).includes(anchor) ? "" : `"${shown(address)}": no such heading there`;
  }
  if (page) return `the link "${shown(address)}" does not lead to a page that we can check`;
  const anchors = lines.flatMap(({ heading: one }) => (one ? [headingId(one.title)] : []));
  return anchors.includes(anchor) ? "" : `the link "${shown(address)}" leads to no heading here`;
}
