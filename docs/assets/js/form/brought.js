// A text that somebody has written already, as a draft: a case study's file, or plain words under the five headings. What has no
// place in the form is parked, and so shown.

import { fold } from "../names/matching.js";
import { parseFrontMatter } from "./front-matter.js";
import { hold } from "./saved-draft.js";
import { length, prose, slug } from "./text.js";

const SOURCES = /^(sources?|references?|links?|bibliography|further reading|footnotes)$/;

/** The draft, as a text, that a text is: one that was saved, or what of another has a place in one. `idOf` finds a term's id. */
export function asDraft(text, around, idOf) {
  const plain = text.replace(/^\ufeff/, "");
  if (/^\s*\{/.test(plain)) return text;
  const brought = new Brought(around, idOf);
  const [, front, rest] =
    plain.replace(/\r\n?/g, "\n").match(/^\s*---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)([\s\S]*)$/) ?? [];
  if (front !== undefined) brought.takeFront(front);
  brought.takeText(prose(rest ?? plain));
  return JSON.stringify(brought.draft);
}

class Brought {
  constructor({ schema, headings, terms }, idOf) {
    Object.assign(this, { schema, terms, idOf });
    this.draft = { version: 1, slug: "", front: {}, body: {}, parked: [] };
    this.headings = new Map(headings.map((one) => [fold(one), one]));
    this.labels = new Map([
      ["from", "period"],
      ["when", "period"],
    ]);
    for (const [key, { title, entry, byMaintainers }] of Object.entries(schema.properties)) {
      if (byMaintainers || key === "sources") continue;
      for (const label of [key.replaceAll("_", " "), title, entry]) if (label) this.labels.set(fold(label), key);
    }
  }

  takeFront(text) {
    const { data, left } = parseFrontMatter(text);
    for (const [name, value] of Object.entries(data)) this.#take(name, value);
    for (const one of left) this.#park("front matter", one);
  }

  /** Lines go under the heading before them; above the first, they are fields with a label, or the title. */
  takeText(text) {
    let place = "";
    const parts = new Map();
    for (const typed of text.split("\n")) {
      const bare = typed.replace(/^[#\s]+|^\d{1,2}[.)]\s+|[\s#*:_]+$/g, "").replace(/^\*+/, "");
      const called = fold(bare);
      const [, label, value] = typed.match(/^([A-Za-z ]{2,40}):\s+(\S.*)$/) ?? [];
      const isHeading = this.headings.has(called) || SOURCES.test(called);
      if (isHeading) place = called;
      else if (!this.headings.has(place) && !SOURCES.test(place) && label && this.labels.has(fold(label))) {
        this.#takeLabelled(this.labels.get(fold(label)), value);
      } else if (!place && bare && !this.draft.front.title && length(bare) <= this.schema.properties.title.maxLength) {
        this.draft.front.title = bare;
      } else parts.set(place, [...(parts.get(place) ?? []), typed]);
    }
    for (const [place, lines] of parts) this.#takePart(place, prose(lines.join("\n")), lines);
  }

  #takePart(place, text, lines) {
    if (this.headings.has(place)) this.draft.body[this.headings.get(place)] = text;
    else if (SOURCES.test(place)) for (const line of lines) this.#takeSource(line);
    else if (text) this.#park("text above the headings", text);
  }

  /** What is written beside a field's name. */
  #takeLabelled(key, value) {
    const { type, items, properties, oneOf } = { ...this.schema.$defs[key], ...this.schema.properties[key] };
    const choice = oneOf?.find(({ title }) => fold(title) === fold(value));
    if (key === "period") this.#take(key, { from: value });
    else if (type === "array" && items.$ref && !this.schema.$defs[items.$ref.slice(8)]?.properties) {
      this.#take(key, value.split(/\s*[;,]\s*/));
    } else if (type === "array" || properties || type === "object") this.#park(key, value);
    else this.#take(key, choice?.const ?? value);
  }

  /** One line of a list of sources: its words, and its address. */
  #takeSource(typed) {
    const [, id] = typed.match(/^\s*\[\^([^\]]+)\]:/) ?? [];
    const line = typed.replace(/^\s*(?:\[\^[^\]]+\]:|\[?\d+[\].)]|[-*•·])\s*/, "").trim();
    if (!line) return;
    const [url = ""] = line.match(/https?:\/\/[^\s<>()]+[^\s<>().,;]/) ?? [];
    const title = line
      .replace(url, "")
      .replace(/[\s<>()[\].,;:–-]+$/, "")
      .trim();
    this.draft.front.sources ??= {};
    const { sources } = this.draft.front;
    const name =
      slug(id ?? "", 40) || `${slug(title, 30).replace(/^[^a-z]+/, "") || "source"}-${Object.keys(sources).length + 1}`;
    sources[name] = Object.fromEntries(Object.entries({ title, url }).filter(([, text]) => text));
  }

  #take(key, value) {
    const node = this.schema.properties[key];
    try {
      if (key in this.draft.front || !node) throw new Error();
      hold(value, node, [key], this.schema);
      const facet = node.items?.$ref?.slice(8);
      this.draft.front[key] = facet in this.terms.facets ? value.map((one) => this.idOf(facet, one)) : value;
    } catch {
      this.#park(key, typeof value === "string" ? value : JSON.stringify(value));
    }
  }

  #park(field, text) {
    this.draft.parked.push({ field, text });
  }
}
