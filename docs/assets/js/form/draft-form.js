// The form as a draft, and a draft back into the form. Each part of the draft is an element with data-key or data-row, and
// its data-kind says how it is read.

import { byId } from "../dom/elements.js";
import { meant } from "../names/meaning.js";
import { claimId, free, line, prose, slug } from "./text.js";

const LONGEST_ID = 76; // with a number it has less than the 80 of a saved draft's names
const CLAIM_ID = /^(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const PART = "[data-key], [data-row]";
/** The parts of the draft that stand in a part of the form, and in no other part there. */
export const parts = (node) =>
  [...node.querySelectorAll(PART)].filter((part) => part.parentElement.closest(`${PART}, form`) === node);
const control = (node) => byId(node.dataset.id);
const listOf = (node) => node.querySelector(".ask__rows");
const rowsOf = (node) => [...listOf(node).children];

/** Whether somebody has filled in the control; not with what the form fills in by itself. */
const isWritten = (one) =>
  /^(radio|checkbox)$/.test(one.type)
    ? one.checked
    : one.type !== "hidden" && one.value.trim() && one.value !== one.dataset.today;

/** Whether somebody has filled in any of the row. */
export const isFilled = (row) => [...row.querySelectorAll("input, textarea, select")].some(isWritten);

export class DraftForm {
  /** What is added to a case study may cite the sources there, and takes no id of theirs. */
  constructor(form, { terms, schema, today, base }) {
    const there = base || { sources: {} };
    this.form = form;
    this.terms = terms;
    this.today = today;
    this.there = new Map(Object.entries(there.sources).map(([id, { title }]) => [`there:${id}`, [id, title]]));
    this.taken = Object.values(there)
      .flatMap((list) => (Array.isArray(list) ? list : []))
      .map(({ id }) => id);
    this.claimId = (value, words) => claimId(value[words] ?? "", schema.$defs["claim-id"].leftOut);
    for (const box of form.querySelectorAll("[data-today]")) box.dataset.today = today;
    this.made = 0; // how many rows have been made
    this.ids = new Map(); // the sources' ids by row, as they were offered or read last
  }

  /** Return the draft. Afterwards `places` leads from a path, as JSON, to its element. */
  read() {
    this.places = new Map();
    this.ids = this.sourceIds();
    const given = [...this.form.querySelectorAll("[data-kind=claim]")].map((one) => one.value).filter(Boolean);
    this.used = new Set([...this.terms.facets.questions.map(({ id }) => id), ...this.taken]);
    this.claims = new Set([...this.used, ...given]);
    const { body = {}, ...front } = this.value(this.form, []) ?? {};
    return { front, body };
  }

  /** The value of a part of the form; undefined if nothing is filled in. */
  value(node, path) {
    this.places.set(JSON.stringify(path), node);
    return this[`read_${node.dataset.kind}`](node, path);
  }

  read_group(node, path) {
    const values = parts(node).map((part) => [part.dataset.key, this.value(part, [...path, part.dataset.key])]);
    return filled(values);
  }

  read_rows(node, path) {
    const values = [];
    for (const row of rowsOf(node)) {
      const value = isFilled(row) ? this.value(row, [...path, values.length]) : undefined;
      if (value !== undefined) values.push(value);
    }
    return values.length ? values.map((value) => this.withId(value, node.dataset.words)) : undefined;
  }

  /** A claim with its id: the one that it was given, or one made of its words. It comes first, as in the schema. */
  withId(value, words) {
    if (!words) return value;
    const isFree = value.id && !this.used.has(value.id);
    const id = isFree ? value.id : free(this.claimId(value, words), this.claims);
    this.used.add(id);
    this.claims.add(id);
    const { id: _, ...rest } = value;
    return { id, ...rest };
  }

  read_claim(node) {
    return node.value || undefined;
  }

  read_sources(node, path) {
    const rows = rowsOf(node).filter((row) => this.ids.has(row.dataset.id));
    return filled(
      rows.map((row) => {
        const there = [...path, this.ids.get(row.dataset.id)];
        const value = this.value(row, there) ?? {};
        this.places.set(JSON.stringify(there), row.querySelector("[data-is-id]")); // what is said of the source as a whole
        return [there.at(-1), value];
      }),
    );
  }

  read_text(node) {
    return line(control(node).value) || undefined;
  }

  read_prose(node) {
    return prose(control(node).value) || undefined;
  }

  read_choice(node) {
    return node.querySelector("input:checked, select")?.value || undefined;
  }

  read_term(node) {
    const typed = line(control(node).value);
    return typed ? this.idOf(node.dataset.facet, typed) : undefined;
  }

  read_citations(node) {
    const ticked = [...node.querySelectorAll("input:checked")].map((box) => this.ids.get(box.value)).filter(Boolean);
    return ticked.length ? ticked : undefined;
  }

  /** The id of the term that is called so; otherwise what was typed, of which the checks will speak. */
  idOf(facet, typed) {
    const terms = this.terms.facets[facet];
    const named = terms.find(({ id, label }) => [id, label].includes(typed));
    const found = named ? [named] : meant(typed, terms, this.terms.generic);
    return found.length === 1 ? found[0].id : typed;
  }

  /** For each source's row, by its data-id: the id as typed, or made from the publisher; none twice, and none that is there. */
  sourceIds() {
    const there = [...this.there].map(([row, [id]]) => [row, id]);
    const ids = new Map();
    for (const row of rowsOf(this.list("sources"))) {
      const [typed, publisher] = ["id", "publisher"].map((name) => byId(`${row.dataset.id}-${name}`).value);
      if (!isFilled(row)) continue;
      const made = slug(publisher, 36);
      ids.set(
        row.dataset.id,
        free(
          nameable(typed) || (/^[a-z]/.test(made) ? made : "source"),
          new Set([...new Map(there).values(), ...ids.values()]),
        ),
      );
    }
    return new Map([...ids, ...there]);
  }

  list(key) {
    return parts(this.form).find((one) => one.dataset.key === key);
  }

  /** Put a draft into the form. */
  fill({ front, body }) {
    for (const part of parts(this.form)) {
      const key = part.dataset.key;
      this.put(part, key === "body" ? body : front[key]);
      if (key === "sources") this.offerSources();
    }
  }

  put(node, value) {
    this[`put_${node.dataset.kind}`](node, value);
  }

  put_group(node, value) {
    for (const part of parts(node)) this.put(part, value?.[part.dataset.key]);
  }

  put_rows(node, values = []) {
    const rows = this.renew(node, values.length);
    for (const [index, one] of values.entries()) this.put(rows[index], one);
    for (const [index, one] of values.entries()) {
      // an id that was made of the words is made of them again, until it is published
      if (one.id && one.id === this.claimId(one, node.dataset.words)) byId(`${rows[index].dataset.id}-id`).value = "";
    }
  }

  /** What is no id is replaced, like an empty one. */
  put_claim(node, value = "") {
    node.value = CLAIM_ID.test(value) ? value : "";
  }

  put_sources(node, value = {}) {
    const entries = Object.entries(value);
    const rows = this.renew(node, entries.length);
    for (const [index, [id, one]] of entries.entries()) {
      this.put(rows[index], one);
      byId(`${rows[index].dataset.id}-id`).value = id;
    }
  }

  put_text(node, value = "") {
    control(node).value = line(value);
  }

  put_prose(node, value = "") {
    control(node).value = value;
  }

  put_choice(node, value) {
    for (const one of node.querySelectorAll("input, option"))
      one["checked" in one ? "checked" : "selected"] = one.value === (value ?? "");
  }

  put_term(node, value) {
    this.put_text(node, this.terms.facets[node.dataset.facet].find(({ id }) => id === value)?.label ?? value);
  }

  put_citations(node, value = []) {
    const cited = new Set(value);
    for (const box of node.querySelectorAll("input")) box.checked = cited.has(this.ids.get(box.value));
  }

  /** Take all rows away and make as many new ones, or as many as the list begins with. */
  renew(node, number) {
    const most = Math.max(number, Number(node.dataset.least));
    const rows = Array.from({ length: most }, () => this.row(node));
    listOf(node).replaceChildren(...rows);
    this.count(node);
    this.offerSources(node);
    return rows;
  }

  /** Add a row to a list, and return it. */
  add(node) {
    const row = this.row(node);
    listOf(node).append(row);
    this.count(node);
    this.offerSources();
    return row;
  }

  /** A new row of a list. */
  row(node) {
    const row = node.querySelector("template").content.cloneNode(true).firstElementChild;
    const number = ++this.made;
    for (const one of [row, ...row.querySelectorAll("*")]) {
      for (const { name, value } of [...one.attributes]) {
        if (value.includes("ROW")) one.setAttribute(name, value.replaceAll("ROW", number));
      }
      if ("today" in one.dataset) one.value = one.dataset.today = this.today;
    }
    return row;
  }

  /** Take a row out of its list. Returned is what puts it back where it was, cited as it was: other rows may be new by then. */
  remove(row) {
    const node = row.parentElement.closest("[data-key]");
    const place = rowsOf(node).indexOf(row);
    const value = this.value(row, []);
    const box = `[value="${row.dataset.id}"]`;
    const citing = [...this.places].filter(
      ([, one]) => one.matches("[data-kind=citations]") && one.querySelector(`${box}:checked`),
    );
    const update = () => {
      this.count(node);
      this.offerSources();
    };
    row.remove();
    update();
    return () => {
      listOf(node).insertBefore(row, rowsOf(node)[place] ?? null);
      update();
      this.put(row, value);
      for (const [path, one] of citing) {
        const cites = one.isConnected ? one : this.places.get(path);
        cites?.querySelector(box)?.click();
      }
    };
  }

  /** Number the rows of a list. */
  count(node) {
    for (const [index, row] of rowsOf(node).entries()) {
      row.dataset.label = `${row.dataset.row} ${index + 1}`;
      for (const place of row.querySelectorAll("[data-number]")) place.textContent = index + 1;
    }
  }

  /** Offer every source to tick and to cite, in one part of the form or all; what is ticked stays so. */
  offerSources(within = this.form) {
    this.ids = this.sourceIds();
    for (const node of within.querySelectorAll("[data-kind=citations]")) offerTicks(node, this.ids, this.there);
    for (const place of within.querySelectorAll(".ask__cite")) offerCites(place, this.ids);
  }
}

/** What was typed for an id, as a name that a draft can have: what is wrong with it as an id, the checks say. */
const nameable = (typed) => line(typed.slice(0, LONGEST_ID)).replace(/^__proto__$/, "_proto_");

const filled = (values) => {
  const given = values.filter(([, value]) => value !== undefined);
  return given.length ? Object.fromEntries(given) : undefined;
};

/** Where one thing is asked for, with its source, a new source is ticked. */
function offerTicks(node, ids, there) {
  const place = node.querySelector(".ask__ticks");
  const [note] = place.children;
  const old = [...place.querySelectorAll("label")];
  const byRow = new Map(old.map((label) => [label.firstChild.value, label]));
  const labels = [...ids].map(([row, id]) => {
    const label = byRow.get(row) ?? tick(`${node.dataset.id}-${row}`, row);
    if (!byRow.has(row)) label.firstChild.checked = Boolean(node.closest("[data-ticks]")) && !there.has(row);
    label.lastChild.textContent = there.get(row)?.join(": ") ?? id;
    return label;
  });
  note.hidden = ids.size > 0;
  const isThere = (label) => there.has(label.firstChild.value);
  const others = place.querySelector("details") ?? closed("Sources that are there already", ...labels.filter(isThere));
  place.replaceChildren(note, ...labels.filter((one) => !isThere(one)), ...(there.size ? [others] : []));
}

/** Parts that are opened by whoever wants them. */
export const closed = (words, ...within) => {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = words;
  details.append(summary, ...within);
  details.className = "fold";
  return details;
};

function tick(id, value) {
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", id, value });
  label.className = "ask__choice";
  label.append(box, document.createElement("span"));
  return label;
}

function offerCites(place, ids) {
  place.replaceChildren(
    ...[...ids.values()].map((id) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "chip chip--all", textContent: `[^${id}]` });
      button.dataset.cite = id;
      return button;
    }),
  );
}
