// The body of a draft: its text, and its rules, as in hooks/casebook/validation/rules.py.
// Markdown is read line by line, not as the engine does: what is overlooked here, `check` says when the file arrives.

import { closest } from "../names/matching.js";
import { addressFault, refusal } from "./addresses.js";
import { decoded, found, paragraphs, unescaped, withoutAddresses } from "./markup.js";
import { MAX_DEPTH, tooDeep } from "./nesting.js";
import { anchors, headingId, lookAlikes, shown, unseen } from "./text.js";

/** The body's text: each heading with what stands under it. */
export const compose = (body, headings) =>
  headings.map((one) => `## ${one}\n\n${body[one] ?? ""}`.trimEnd()).join("\n\n");

/** The body's lines, each with the section and, if it is a heading, its {level, title}. */
export function outline(body, headings) {
  const lines = headings.flatMap((section) =>
    [`## ${section}`, "", ...withoutEscapes(withoutCode(body[section] ?? "")).split("\n"), ""].map((text) => ({
      text,
      section,
    })),
  );
  for (const [at, line] of lines.entries()) line.heading = heading(line.text, lines[at + 1]?.text ?? "");
  return lines;
}

/** The text, code as full stops: nothing in it is a link, a citation or HTML. */
function withoutCode(text) {
  const hide = (code) => code.replace(/[^\n]/g, ".");
  return text
    .replace(/^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:[\s\S]*?\n)?? {0,3}\1[`~]*[ \t]*$/gm, hide)
    .replace(/(?<!`)(`+)(?!`)(?:(?!\n\n)[\s\S])*?(?<!`)\1(?!`)/g, hide);
}

const withoutEscapes = (text) => text.replace(/\\[!-/:-@[-`{-~]/g, "..");

/** A heading is made by #, or by a line of = or - below it. */
function heading(text, below) {
  const [, marks, title = ""] = text.match(/^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/) ?? [];
  if (marks) return { level: marks.length, title: title.replace(/\[\^[^\]\s]+\]/g, "").trim() };
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
export function* bodyProblems({ body, front }, around) {
  const { headings, say } = around;
  const lines = outline(body, headings);
  const deep = new Set(tooDeep(lines));
  let latest = -1;
  let above;
  for (const [at, line] of lines.entries()) {
    const { section, heading: found, text } = line;
    const faults = [...ofLine(text, lines, around)];
    if (isIndented(lines, at)) faults.push(say("no-indented-code", { text: shown(text.trim()) }));
    const typed = found && `${"#".repeat(found.level)} ${shown(found.title)}`.trim();
    if (found?.level > 2 && !(found.title && /\S/.test(below(lines, at))))
      faults.push(say(`headings-skip-no-level.${found.title ? "below" : "empty"}`, { heading: typed }));
    if (found?.title && above && found.level > above.level + 1) {
      const right = "#".repeat(above.level + 1);
      faults.push(say("headings-skip-no-level", { heading: typed, above: "#".repeat(above.level), right }));
    }
    above = found ?? above;
    if (deep.has(line)) {
      faults.push(say("lists-and-quotations-are-shallow", { most: MAX_DEPTH, text: shown(text.trim()) }));
    }
    if (found?.level <= 2) {
      faults.push(...ofHeading(found, latest, below(lines, at), around));
      latest = Math.max(latest, found.level === 2 ? headings.indexOf(found.title) : -1);
    }
    for (const words of faults) yield { path: ["body", section], field: ["body"], ...words };
  }
  for (const section of headings) {
    for (const text of paragraphs(withoutCode(body[section] ?? "")))
      for (const words of ofText(text, "body", around, front))
        yield { path: ["body", section], field: ["body"], ...words };
  }
}

/** What is wrong with what readers see, of a paragraph or a plain field. */
export function* ofText(text, place, { say, schema }, { sources = {} }) {
  const said = new Set();
  for (const { mark: masked, at, kind } of found(withoutAddresses(text), schema.markup, place)) {
    const mark = text.slice(at, at + masked.length).trim();
    if (said.has(mark) || (kind.ofSource && !Object.hasOwn(sources, mark.match(/[\w-]+/)[0].toLowerCase()))) continue;
    said.add(mark);
    yield say("nothing-shows-as-typed", { mark: shown(mark), what: kind.is, mend: kind.mend });
  }
  for (const found of lookAlikes(text, schema.properties.title.lookAlike))
    yield say("characters-can-be-seen.word", found);
  const letter = unseen(text);
  if (letter) yield say("characters-can-be-seen", { code: codeOf(letter) });
}

export const codeOf = (letter) => letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
const isItem = (text) => /^\s*(?:[-*+]|\d{1,9}[.)])\s/.test(text);

/** Whether code begins on the line that only an indent makes. */
function isIndented(lines, at) {
  if (!/^(?: {4}| {0,3}\t)\s*[^\s.]/.test(lines[at].text)) return false;
  const above = lines.slice(0, at).findLast(({ text }) => /\S/.test(text));
  const outside = lines.slice(0, at).findLast(({ text }) => /^\S/.test(text));
  return !/\S/.test(lines[at - 1].text) && !/^(?: {4}|\t)/.test(above.text) && !isItem(outside.text);
}

/** What is typed in the section of the heading on a line. */
function below(lines, at) {
  const { level } = lines[at].heading;
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.heading?.level <= level);
  const texts = rest.slice(0, end < 0 ? rest.length : end).filter((line) => !line.heading);
  return texts.map((line) => line.text.replace(/^ {0,3}(=+|-+)$/, "")).join("\n");
}

function* ofHeading({ level, title }, latest, typed, { headings, say, schema: { saysNothing } }) {
  const order = headings.join(" / ");
  if (level === 1 || !headings.includes(title)) {
    const heading = `${"#".repeat(level)} ${shown(title)}`;
    const [meant] = closest(title, headings, 1, 0.6);
    const guess = meant ? say("did-you-mean", { guesses: `"## ${meant}"` }).message : "";
    return yield say("headings-are-the-five", { heading, guess, headings: order });
  }
  if (headings.indexOf(title) <= latest) yield say("headings-stand-in-order", { title, headings: order });
  if (new RegExp(saysNothing, "i").test(typed)) {
    yield say(/\S/.test(typed) ? "sections-have-text.nothing" : "sections-have-text", { title });
  }
}

function* ofLine(text, lines, around) {
  const { say } = around;
  const opened = new Set();
  for (const [tag, end, name] of text.matchAll(
    /<(?:(\/?)([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?\/?>|!--.*?(?:-->|$)|(?:\?|![A-Z[])[^<>]*>?)/g,
  )) {
    if (!(end && opened.has(name))) yield say("no-raw-html", { text: shown(tag) });
    opened.add(name);
  }
  if (text.startsWith("[^") && text.includes("]:")) yield say("no-footnote-definitions", { text: shown(text) });
  for (const [, image, address] of text.matchAll(/(!?)\[(?!\^)[^\]]*\]\(\s*<?([^)\s>]*)/g)) {
    if (image) yield say("no-images", { address: shown(address) });
    else yield* ofLink(address, lines, around);
  }
  for (const [bare] of text.matchAll(/(?<![\w(<[])https?:\/\/[^\s<>()[\]]+(?<![?!.,:*_~'"])/g))
    yield* ofLink(bare, lines, around);
  for (const [mail] of text.matchAll(/(?<![\w/.:@])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g))
    yield* ofLink(`mailto:${mail}`, lines, around);
}

function* ofLink(typed, lines, around) {
  const { say, schema } = around;
  const address = encodeURI(decoded(typed)).replace(/%25/g, "%"); // as the engine does
  const name = linkFault(address, lines, around);
  const hidden = unseen(unescaped(address));
  if (hidden) yield say("characters-can-be-seen", { code: codeOf(hidden) });
  if (name === "mail")
    return yield say("links-lead-somewhere.mail", { address: shown(address.slice("mailto:".length)) });
  if (!name && address.includes("//")) return yield* ofAddress(address, schema, "", {}, say);
  if (!name) return;
  const fault = say(`links-lead-somewhere.${name}`, { address: shown(address) }).message;
  yield say("links-lead-somewhere", { fault });
}

/** What is wrong with a web address. */
export function* ofAddress(url, schema, field, given, say) {
  const shape = schema.$defs.address;
  const wrong = addressFault(url, shape, field, say);
  if (wrong) return yield wrong;
  const refused = refusal(url, shape.refusals, field, given);
  if (!refused) return;
  const name = refused.better ? "addresses-lead-straight" : "addresses-lead-straight.unknown";
  yield say(name, { url: shown(url), ...refused });
}

/** What is wrong with the address of a link, as its message is called, or "". */
function linkFault(address, lines, { headings, titles }) {
  const [page, anchor] = address.split(/#(.*)/);
  if (!address || /^(javascript|vbscript|file|data):/i.test(address)) return "unsafe";
  if (address.startsWith("mailto:")) return "mail";
  if (/^https?:\/\/[^/?#\\]*@/.test(address)) return "hidden";
  if (/^https?:\/\//.test(address)) return "";
  if (page.endsWith(".md") && !/[/:]/.test(page)) {
    if (!Object.hasOwn(titles, page.slice(0, -3))) return "case";
    return !anchor || headings.map(headingId).includes(anchor) ? "" : "heading-there";
  }
  if (page) return "elsewhere";
  const here = anchors(lines.filter((line) => line.heading).map((line) => line.heading.title));
  return here.has(anchor) ? "" : "heading-here";
}
