// The find page. The list and the filters are complete HTML; this shows and hides, counts, and keeps the address.
// State lives in the address alone (?text=&question=risk&question=culture&theme=…), so Back and reload keep it.
// A case study is named by its place in the list of all of them, as in hooks/casebook/search.py.

import { arrange, say } from "./arrange.js";
import { mark } from "./passages.js";

const form = document.getElementById("find");
const list = document.getElementById("found");
const status = document.getElementById("count");
const chips = document.getElementById("chips");
const none = document.getElementById("none");
const some = document.getElementById("some");
const more = document.getElementById("more");
const boxes = [...form.querySelectorAll("input[type=checkbox]")];
const facets = [...new Set(boxes.map((box) => box.name))];
const total = Number(list.dataset.cases);
const group = Number(list.dataset.group); // how many cards a file of further cards holds
const cards = [...list.children]; // by case; those beyond the page's own are fetched
const own = [...cards];
const folder = new URL(".", location.href);
const STEP = 20;
const NEAREST = 4;

let words; // opened when somebody first looks for words
let values; // {facet: {value: [case, ...]}}, fetched when somebody first chooses something
let limit = STEP;
let run = 0; // which call of show() is the latest

/** What is asked for: words, and the chosen values by facet. */
function asked() {
  const data = new FormData(form);
  return {
    text: data.get("text").trim(),
    chosen: new Map(facets.map((facet) => [facet, data.getAll(facet)]).filter(([, ids]) => ids.length)),
  };
}

async function show() {
  const mine = ++run;
  const { text, chosen } = asked();
  showChips(text, chosen);
  if (!text && !chosen.size && !values) return;
  list.ariaBusy = "true";
  if (chosen.size) await fetchValues();
  const { scores, hits, all } = text ? await rank(text) : { scores: null, hits: new Map(), all: true };
  const misses = missed(scores, chosen);
  const found = ordered((number) => misses.total[number] === 0, scores);
  const wanted = found.length ? found : nearest(misses, scores, chosen.size + (scores ? 1 : 0));
  const shown = await Promise.all(wanted.slice(0, limit).map(card));
  if (mine !== run) return; // somebody has typed on
  say(status, found.length === 1 ? "1 case study" : `${found.length} case studies`);
  none.hidden = found.length > 0;
  none.querySelector("#nearest").hidden = shown.length === 0;
  some.hidden = all || !found.length;
  const isAsking = Boolean(text || chosen.size);
  showMore(isAsking ? wanted.length : 0);
  arrange(list, isAsking ? shown : own);
  document.dispatchEvent(new CustomEvent("cards"));
  watch(hits);
  await fetchValues(); // after the first cards are shown: it may be large
  if (mine !== run) return;
  recount(misses);
  list.ariaBusy = "false";
}

async function fetchValues() {
  values ??= await readValues();
}

async function readValues() {
  const read = await (await fetch(new URL("facets.json", folder))).json();
  for (const ids of Object.values(read)) {
    for (const id of Object.keys(ids)) {
      let number = 0;
      ids[id] = ids[id].map((distance) => (number += distance));
    }
  }
  return read;
}

async function rank(text) {
  words ??= import("./words.js").then((module) => module.open());
  return (await words)(text);
}

/** How many of the choices each case misses: in all, and by facet. The words count as one choice. */
function missed(scores, chosen) {
  const all = new Uint8Array(total);
  const byFacet = new Map();
  for (const [facet, ids] of chosen) {
    const misses = new Uint8Array(total).fill(1);
    for (const id of ids) for (const number of values[facet][id] ?? []) misses[number] = 0;
    byFacet.set(facet, misses);
    for (let number = 0; number < total; number++) all[number] += misses[number];
  }
  if (scores) for (let number = 0; number < total; number++) all[number] += scores.has(number) ? 0 : 1;
  return { total: all, byFacet };
}

/** The cases that pass, those with the best words first, and otherwise in the list's own order. */
function ordered(passes, scores) {
  const numbers = [...Array(total).keys()].filter(passes);
  return scores ? numbers.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || a - b) : numbers;
}

/** The cases that miss the fewest choices, where every case misses some; but not those that miss them all. */
function nearest(misses, scores, choices) {
  const near = ordered((number) => misses.total[number] < choices, scores);
  return near.sort((a, b) => misses.total[a] - misses.total[b]).slice(0, NEAREST);
}

/** The card of a case: from this page, or from its file. */
async function card(number) {
  if (!cards[number]) {
    const first = number - (number % group);
    const page = document.createElement("template");
    page.innerHTML = await (await fetch(new URL(`cards/${first / group}.html`, folder))).text();
    [...page.content.querySelectorAll("li.card")].forEach((one, place) => (cards[first + place] ??= one));
  }
  return cards[number];
}

/** Beside each value: how many cases there would be with it, given what is chosen in the other facets. */
function recount(misses) {
  for (const box of boxes) {
    const own = misses.byFacet.get(box.name);
    const fits = (number) => misses.total[number] === (own?.[number] ?? 0);
    const count = values[box.name][box.value].filter(fits).length;
    const option = box.closest("label");
    option.classList.toggle("facet__option--empty", count === 0);
    say(option.querySelector(".facet__number"), String(count));
    say(option.querySelector(".facet__unit"), count === 1 ? "case study" : "case studies");
  }
}

/** Offer the rest of as many cards. */
function showMore(number) {
  const left = number - limit;
  more.hidden = left <= 0;
  say(more, `Show ${Math.min(left, STEP)} more of ${number}`);
}

let watcher;

/** Mark the words on each card as it comes into view. */
function watch(hits) {
  watcher?.disconnect();
  if (!hits.size) {
    for (const one of list.children) mark(one, hits);
    return;
  }
  const seen = (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      mark(target, hits);
    }
  };
  watcher = new IntersectionObserver(seen, { rootMargin: "300px" });
  for (const one of list.children) watcher.observe(one);
}

const clearing = chip("Clear all", clear, "chip chip--all");
const chipOfText = chip("", () => (form.elements.text.value = ""));
const chipOf = new Map(boxes.map((box) => [box, chip(box.nextElementSibling.textContent, () => (box.checked = false))]));

/** A chip for the words and one for each chosen value: always the same ones. */
function showChips(text, chosen) {
  const items = boxes.filter((box) => chosen.get(box.name)?.includes(box.value)).map((box) => chipOf.get(box));
  if (text) items.unshift(named(chipOfText, `“${text}”`));
  if (items.length > 1) items.push(clearing);
  arrange(chips, items);
  chips.hidden = items.length === 0;
}

function chip(words, undo, kind = "chip") {
  const button = document.createElement("button");
  button.type = "button";
  button.className = kind;
  button.addEventListener("click", () => {
    undo();
    change();
    form.elements.text.focus();
  });
  return kind === "chip" ? named(button, words) : Object.assign(button, { textContent: words });
}

function named(chip, words) {
  say(chip, words);
  chip.setAttribute("aria-label", `Remove ${words}`);
  return chip;
}

function clear() {
  form.elements.text.value = "";
  for (const box of boxes) box.checked = false;
}

function change() {
  limit = STEP;
  remember();
  return show();
}

/** Put what is asked for into the address. */
function remember() {
  const { text, chosen } = asked();
  const query = new URLSearchParams(text ? { text } : {});
  for (const [facet, ids] of chosen) for (const id of ids) query.append(facet, id);
  const address = query.size ? `?${query}` : location.pathname;
  if (address !== (location.search || location.pathname)) history.pushState(null, "", address);
}

/** Fill the form from the address. */
function recall() {
  const query = new URLSearchParams(location.search);
  limit = STEP;
  form.elements.text.value = query.get("text") ?? "";
  for (const box of boxes) {
    box.checked = query.getAll(box.name).includes(box.value);
    if (box.checked) box.closest("details").open = true;
  }
  return show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  change();
});
form.addEventListener("change", change);
form.elements.text.addEventListener("input", show);
more.addEventListener("click", async () => {
  const first = limit;
  limit += STEP;
  await show();
  list.children[first]?.querySelector("a").focus();
});
addEventListener("popstate", recall);
recall();
