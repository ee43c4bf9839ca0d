// The body of a draft: its text, and its rules, in the words of hooks/casebook/validation/rules.py.
// Markdown is read line by line, not as the engine does: what is overlooked here, `check` says when the file arrives.

import { closest } from "./form-meant.js";
import { MOST_DEEP, tooDeep } from "./form-nesting.js";
import { anchors, headingId, shown } from "./form-text.js";

/** The body's text: each heading with what stands under it. */
export const compose = (body, headings) =>
  headings.map((one) => `## ${one}\n\n${body[one] ?? ""}`.trimEnd()).join("\n\n");

/** The body's lines, each with the section and, if it is a heading, its {level, title}. */
export function outline(body, headings) {
  const lines = headings.flatMap((section) =>
    [`## ${section}`, "", ...withoutCode(body[section] ?? ""), ""].map((text) => ({ text, section })),
  );
  for (const [at, line] of lines.entries()) line.heading = heading(line.text, lines[at + 1]?.text ?? "");
  return lines;
}

/** The lines of a text, code as full stops: nothing in it is a link, a citation or HTML. */
function withoutCode(text) {
  const hide = (code) => code.replace(/[^\n]/g, ".");
  return text
    .replace(/^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:[\s\S]*?\n)?? {0,3}\1[`~]*[ \t]*$/gm, hide)
    .replace(/(?<!`)(`+)(?!`)(?:(?!\n\n)[\s\S])*?(?<!`)\1(?!`)/g, hide)
    .replace(/\\[!-/:-@[-`{-~]/g, "..")
    .split("\n");
}

/** A heading is made by #, or by a line of = or - below it. */
function heading(text, below) {
  const [, marks, title = ""] = text.match(/^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/) ?? [];
  if (marks) return { level: marks.length, title: title.trim() };
  const under = /^ {0,3}[^\s>#|*+=-]/.test(text) && below.match(/^ {0,3}(=+|-+)[ \t]*$/);
  return under ? { level: under[1][0] === "=" ? 1 : 2, title: text.trim() } : null;
}

/** Every citation of a source, with its section. A footnote that the text itself defines is none. */
export function citations(lines) {
  const found = lines.flatMap(({ text, section }) =>
    [...text.matchAll(/\[\^([^\]\s]+)\](:?)/g)].map(([, id, colon]) => ({ id, section, colon })),
  );
  return found.filter(({ id }) => !found.some((one) => one.colon && one.id === id));
}

/** Yield every problem of the body. */
export function* bodyProblems({ body }, { headings, titles }) {
  const lines = outline(body, headings);
  const deep = new Set(tooDeep(lines));
  let latest = -1;
  for (const [at, line] of lines.entries()) {
    const { section, heading: found, text } = line;
    const faults = [...ofLine(text, lines, headings, titles)];
    if (deep.has(line)) {
      const message = `lists and quotations stand more than ${MOST_DEEP} deep: "${shown(text.trim())}"`;
      faults.push([
        message,
        `${MOST_DEEP} within each other are the most. Make it a list of its own, or put it under a ### heading.`,
      ]);
    }
    if (found?.level <= 2) {
      faults.push(...ofHeading(found, latest, lines.slice(at + 1), headings));
      latest = Math.max(latest, found.level === 2 ? headings.indexOf(found.title) : -1);
    }
    for (const [message, hint] of faults) yield { path: ["body", section], field: ["body"], message, hint };
  }
}

function* ofHeading({ level, title }, latest, below, headings) {
  const order = headings.join(" / ");
  if (level === 1 || !headings.includes(title)) {
    const [meant] = closest(title, headings, 1, 0.6);
    const hint = `${meant ? `Did you mean "## ${meant}"? ` : ""}They are: ${order}.`;
    return yield [`"${"#".repeat(level)} ${shown(title)}" is not one of the five headings`, hint];
  }
  if (headings.indexOf(title) <= latest) yield [`"## ${title}" is out of order or repeated`, `The order is: ${order}.`];
  const end = below.findIndex((line) => line.heading?.level <= level);
  if (!below.slice(0, end < 0 ? below.length : end).some(({ text, heading: next }) => !next && /[^\s=-]/.test(text))) {
    yield [`there is no text under "${title}"`, "If there is truly nothing to tell, say so in a sentence."];
  }
}

function* ofLine(text, lines, headings, titles) {
  if (/<(?:\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>|!--|\?|![a-z[])/i.test(text)) {
    const hint = "Use Markdown. To show a < as text, write `<` between backticks or &lt;.";
    yield [`raw HTML is not allowed: "${shown(text.trim())}"`, hint];
  }
  if (text.startsWith("[^") && text.includes("]:")) {
    const hint = "Write the source under `sources`; its footnote is made from that.";
    yield [`a footnote is defined here: "${shown(text)}"`, hint];
  }
  for (const [, image, address] of text.matchAll(/(!?)\[(?!\^)[^\]]*\]\(\s*<?([^)\s>]*)/g)) {
    if (image) yield [`images are not used in case studies: "${shown(address)}"`, "Say it in words."];
    else yield* ofLink(address, lines, headings, titles);
  }
  for (const [mail] of text.matchAll(/(?<![\w/.:@])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g))
    yield* ofLink(`mailto:${mail}`, lines);
}

function* ofLink(address, lines, headings, titles) {
  const message = linkFault(address, lines, headings, titles);
  if (message) yield [message, "Link to https:// addresses, to other case studies as other-slug.md, or to #a-heading."];
}

/** What is wrong with the address of a link, or "". */
function linkFault(address, lines, headings, titles) {
  const [page, anchor] = address.split(/#(.*)/);
  if (!address || /^(javascript|vbscript|file|data):/i.test(address))
    return "a link has no address, or one that is not safe";
  if (/^https?:\/\/[^/?#\\]*@/.test(address))
    return `the link "${shown(address)}" hides where it leads: to what stands behind the @`;
  if (/^https?:\/\//.test(address)) return "";
  if (page.endsWith(".md") && !/[/:]/.test(page)) {
    if (!Object.hasOwn(titles, page.slice(0, -3)))
      return `the link "${shown(address)}" leads to a case study that does not exist`;
    return !anchor || headings.map(headingId).includes(anchor) ? "" : `"${shown(address)}": no such heading there`;
  }
  if (page) return `the link "${shown(address)}" does not lead to a page that we can check`;
  const here = anchors(lines.filter((line) => line.heading).map((line) => line.heading.title));
  return here.has(anchor) ? "" : `the link "${shown(address)}" leads to no heading here`;
}
