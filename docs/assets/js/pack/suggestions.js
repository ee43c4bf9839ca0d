// Case studies of councils like a given one, with the reason, to put into the pack: as that council's own page lists them.

import { byId, node, setText } from "../dom/elements.js";
import { cached, reconcile } from "../dom/reconcile.js";
import { named, nearest } from "../names/matching.js";
import { fetchJson, Loading, Outdated } from "../network/loading.js";
import { readCouncil } from "./council.js";
import { addressOf } from "./report.js";

const id = (name) => byId(`pack-${name}`);
const field = id("council");
const again = id("councils-again");
const root = new URL("../../../", import.meta.url);

let names; // {councils, generic}, fetched when somebody first asks
const pages = new Map(); // what each council's page lists, by council
let isTyping = false;

async function readNames(cache) {
  const read = await fetchJson(new URL("contribute/form/terms.json", root), cache);
  if (read.edition !== field.closest("[data-edition]").dataset.edition) throw new Outdated();
  return { councils: read.facets.councils, generic: read.generic };
}

/** The councils that somebody may mean, and whether it is sure which: what is only like a name is for them to choose. */
function meant({ councils, generic }) {
  const sure = named(field.value, councils, generic);
  const ids = sure.length || isTyping ? sure : nearest(field.value, councils, generic);
  return { isSure: sure.length === 1, councils: ids.map((one) => councils.find((council) => council.id === one)) };
}

function ask() {
  names ??= new Loading(readNames, show);
  show();
}

function show() {
  if (names.state === "here") offerNames();
  const { isSure, councils } = names.state === "here" ? meant(names.value) : { councils: [] };
  const list = isSure ? pageOf(councils[0].id) : null;
  (list ?? names).offer(again, field);
  setText(id("said"), said(councils, list));
  reconcile(id("found"), list ? (list.value?.cases ?? []).map(item) : councils.map(choice));
  document.dispatchEvent(new CustomEvent("cards"));
}

function pageOf(council) {
  if (!pages.has(council)) pages.set(council, new Loading((cache) => readCouncil(council, cache), show));
  return pages.get(council);
}

function offerNames() {
  reconcile(
    id("councils"),
    cached("councils", () => names.value.councils.map(({ label }) => node("option", { value: label }))),
  );
}

function said(councils, list) {
  if (names.state !== "here") return names.said("The list of councils");
  if (!list && councils.length) return "Do you mean one of these?";
  if (!list) return isTyping || !field.value.trim() ? "" : "No council of that name is in the register.";
  const [{ label }] = councils;
  if (list.state !== "here") return list.said(`The page of ${label}`);
  const { cases, total } = list.value;
  return `${label}: ${cases.length} of ${total} ${total === 1 ? "case study" : "case studies"}, the most alike first`;
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

function choice({ id: council, label }) {
  return cached(`choose ${council}`, () => {
    const button = node("button", { type: "button", class: "button" }, label);
    button.addEventListener("click", () => {
      field.value = label;
      field.focus();
      ask();
    });
    return node("li", {}, button);
  });
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
