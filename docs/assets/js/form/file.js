// A draft as the file that `check` accepts, and the addresses at which it can be handed over.

import { compose } from "./body.js";
import { free, slug } from "./text.js";

const LONGEST_ADDRESS = 7500; // GitHub's servers take some 8,190 bytes, and refuse what is longer
const LONGEST_MAIL = 1800;
const MAX_NAME = 77; // as in hooks/casebook/content/files.py, less ".md"

/** The name of the file, which no other case study and no page of the site has. */
export function fileName(title, { titles, reserved }) {
  const taken = new Set([...Object.keys(titles), ...reserved]);
  return free(slug(title, MAX_NAME - 3) || "case-study", taken);
}

/** The file: front matter in the schema's order, every text in double quotes, then the body. */
export function fileText({ front, body }, { schema, headings }) {
  const ordered = Object.keys(schema.properties)
    .filter((key) => key in front)
    .map((key) => [key, front[key]]);
  return ["---", ...block(Object.fromEntries(ordered)), "---", "", compose(body, headings), ""].join("\n");
}

/** YAML in block style: its lines. */
export function block(value) {
  const deeper = (lines) => lines.map((line) => `  ${line}`);
  return Object.entries(value).flatMap(([name, child]) => {
    const key = /^[a-z][a-z0-9_-]*$/.test(name) ? name : quoted(name);
    if (typeof child === "string") return [`${key}: ${quoted(child)}`];
    if (!Array.isArray(child)) return [`${key}:`, ...deeper(block(child))];
    if (typeof child[0] === "string") return [`${key}: [${child.map(quoted).join(", ")}]`];
    return [`${key}:`, ...child.flatMap((one) => deeper(block(one).map((line, at) => (at ? "  " : "- ") + line)))];
  });
}

/** A text in double quotes: JSON's rules, and escapes for what YAML takes for the end of a line or can't print. */
const quoted = (text) =>
  JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** GitHub's page for a new file, or null if the file is too long for an address. */
export function newFileUrl(repository, name, text) {
  const folder = `${repository}/new/main/case_studies?filename=${name}.md`;
  return short(`${folder}&value=${encodeURIComponent(text)}`);
}

/** GitHub's page for a new issue that holds the file, or null if the file is too long for an address. */
export function newIssueUrl(repository, title, text) {
  const body = encodeURIComponent(fenced(text, "markdown"));
  return short(`${repository}/issues/new?title=${encodeURIComponent(title)}&body=${body}`);
}

/** An e-mail with this text, or with the title alone if some programs would cut it off. */
export function newMailUrl(contact, title, text) {
  const begun = `mailto:${contact}?subject=${encodeURIComponent(title)}`;
  const whole = `${begun}&body=${encodeURIComponent(text)}`;
  return whole.length < LONGEST_MAIL ? whole : begun;
}

/** The text as a block of code, whatever ticks it holds. */
export function fenced(text, language) {
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${fence}${language}\n${text}${fence}\n`;
}

/** The address, or null if GitHub would refuse it for its length. */
export const short = (address) => (address.length < LONGEST_ADDRESS ? address : null);
