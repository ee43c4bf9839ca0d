// Case studies of councils like a given one, with the reason, to put into the pack.

import { byId, node, setText } from "../dom/elements.js";
import { cached, reconcile } from "../dom/reconcile.js";
import { fetchJson, Loading, Outdated } from "../network/loading.js";
import { addressOf } from "./report.js";

const MOST = 12;
const id = (name) => byId(`pack-${name}`);
const field = id("council");
const again = id("councils-again");

let councils; // fetched when somebody first asks
let isTyping = false;

async function readCouncils(cache) {
  const read = await fetchJson(new URL("councils.json", location.href), cache);
  if (read.edition !== field.closest("[data-edition]").dataset.edition) throw new Outdated();
  return read.councils.map(({ name, aliases, cases, ...rest }) => ({
    ...rest,
    name,
    names: [name, ...aliases].map(fold),
    cases: [...cases],
  }));
}

const fold = (text) => text.trim().toLowerCase();

/** How unlike two places are: by people (1 for each doubling), by how rural they are, by deprivation; Infinity if unknown. */
function distance(one, other) {
  const parts = [
    Math.log2(one.population / other.population),
    one.rural - other.rural,
    (one.deprived - other.deprived) / 2,
  ];
  const isKnown = [one, other].every(
    ({ population, rural, deprived }) => population && rural !== null && deprived !== null,
  );
  return isKnown ? Math.hypot(...parts) : Number.POSITIVE_INFINITY;
}

const ALIKE = 1; // one step on one scale

/** Case studies of the same council; of places alike in people, countryside and deprivation; then by kind, region and nation. */
function like(mine) {
  const reasons = [
    [(one) => one.id === mine.id, () => "by this council"],
    [
      (one) => one.nation === mine.nation && distance(one, mine) <= ALIKE,
      () => "alike in people, countryside and deprivation",
    ],
    [
      (one) => one.kind === mine.kind && one.region === mine.region,
      (one) => `by another ${lower(one.kind)} in ${one.region}`,
    ],
    [
      (one) => one.kind === mine.kind && one.nation === mine.nation,
      (one) => `by another ${lower(one.kind)} in ${one.nation}`,
    ],
    [(one) => one.region === mine.region, (one) => `also in ${one.region}`],
    [(one) => one.nation === mine.nation, (one) => `also in ${one.nation}`],
  ];
  const found = new Map();
  for (const [fits, because] of reasons) {
    const nearest = (one, other) => distance(one, mine) - distance(other, mine) || 0;
    for (const one of councils.value.filter(fits).sort(nearest)) {
      for (const each of one.cases)
        if (!found.has(each.slug)) found.set(each.slug, { ...each, because: `${one.name}, ${because(one)}` });
    }
  }
  return [...found.values()].slice(0, MOST);
}

function lower(kind) {
  return kind.replace(/^(?!London|Welsh|Scottish|Northern)./, (letter) => letter.toLowerCase());
}

function ask() {
  councils ??= new Loading(readCouncils, show);
  show();
}

function show() {
  const { state, value } = councils;
  if (state === "here") offer();
  const name = fold(field.value);
  const mine = value?.find(({ names }) => names.includes(name));
  const found = mine ? like(mine) : [];
  councils.offer(again, field);
  setText(id("said"), state === "here" ? said(name, mine, found.length) : councils.said("The list of councils"));
  reconcile(id("found"), found.map(item));
  document.dispatchEvent(new CustomEvent("cards"));
}

function offer() {
  reconcile(
    id("councils"),
    cached("councils", () => councils.value.map(({ name }) => node("option", { value: name }))),
  );
}

function said(name, mine, number) {
  if (!name) return "";
  if (mine) return number === 1 ? "1 case study" : `${number} case studies, the most alike first`;
  return isTyping ? "" : "No council of that name is in the register.";
}

function item({ slug, title, because }) {
  return cached(`like ${slug} ${because}`, () =>
    node(
      "li",
      {},
      node("a", { href: addressOf(slug) }, title),
      node("span", { class: "soft" }, ` ${because} `),
      packButton(slug, title),
    ),
  );
}

/** The button that puts a case study into the pack, or takes it out. */
export function packButton(slug, title) {
  const parts = [node("span", { class: "pack-add__word" }), node("span", { class: "unseen" }, title)];
  return node("button", { type: "button", class: "pack-add", "data-case": slug }, ...parts);
}

field.addEventListener("focus", ask);
field.addEventListener("input", () => {
  isTyping = true;
  ask();
});
field.addEventListener("change", () => {
  isTyping = false;
  ask();
});
