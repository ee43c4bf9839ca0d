// The find page: complete HTML, in which this shows, hides and counts. State lives in the address alone
// (?text=&question=risk&question=culture&theme=…), so Back and reload keep it.
// A case study is named by its place in the list of all of them, as in hooks/casebook/exports/search_index.py.

import { byId, node, setText } from "../dom/elements.js";
import { released } from "../dom/pressed.js";
import { reconcile } from "../dom/reconcile.js";
import { fetchData, Loading, retry } from "../network/loading.js";
import { showElsewhere } from "./elsewhere.js";
import { countWith, decode, missed } from "./facets.js";
import { showMissing, showNotices } from "./notices.js";
import { sorted } from "./order.js";
import { rank } from "./ranking.js";
import { restoreScroll, trackScroll } from "./scroll-position.js";
import { highlight } from "./snippets.js";
import { offerToTake } from "./take-along.js";
import { readTold, showTold } from "./told.js";

const form = byId("find");
const list = byId("found");
const status = byId("count");
const chips = byId("chips");
const none = byId("none");
const some = byId("some");
const more = byId("more");
const said = byId("said");
const trouble = byId("trouble");
const again = byId("again");
const boxes = [...form.querySelectorAll("input[type=checkbox]")];
const facets = [...new Set(boxes.map((box) => box.name))];
const total = Number(list.dataset.cases);
const group = Number(list.dataset.group); // how many cards a file of further cards holds
const kinds = boxes.filter((box) => box.name === "evidence").map((box) => box.value); // the strongest first
const cards = [...list.children]; // by case; those beyond the page's own are fetched
const own = cards.length;
const STEP = 20;
const NEAREST = 4;
const NOTHING = { scores: null, hits: new Map(), wanted: [], missing: () => [] }; // is found by no words

let data; // of facets.json, fetched when somebody first asks for something
let limit = STEP;
let run = 0; // which call of show() is the latest
let shown; // what the list that is shown was asked by, as in the address

/** What is asked for: words, the chosen values by facet, whether all of the questions are meant, and the order. */
function asked() {
  const given = new FormData(form);
  return {
    text: given.get("text").trim(),
    chosen: new Map(facets.map((facet) => [facet, given.getAll(facet)]).filter(([, ids]) => ids.length)),
    isAll: given.get("match") === "all",
    order: given.get("order"),
  };
}

/** The same, as in the address. */
function inAddress({ text, chosen, isAll, order }) {
  const query = new URLSearchParams(text ? { text } : {});
  for (const [facet, ids] of chosen) for (const id of ids) query.append(facet, id);
  if (isAll && chosen.has("question")) query.append("match", "all");
  if (order) query.append("order", order);
  return String(query);
}

/** Show what is asked for now. What failed before may be there by now. */
function ask() {
  retry("failed");
  return show();
}

async function show() {
  const mine = ++run;
  const wish = asked();
  const query = inAddress(wish);
  showChips(wish.text, wish.chosen);
  list.ariaBusy = "true";
  if (query !== shown) setText(status, "Searching …");
  form.classList.toggle("find__form--uncounted", Boolean(query || data));
  try {
    const answer = await look(wish, query);
    if (query !== shown) await released();
    if (mine !== run) return; // somebody has typed on
    showResults(answer, query);
    if (answer.fault) throw answer.fault;
    if (query || data) await fetchFacets(); // after the first cards are shown: it may be large
    if (mine !== run) return;
    showCounts(answer.misses, wish);
    await showElsewhere(wish.text, answer.ranked.wanted, () => mine === run);
  } catch (error) {
    if (!(error instanceof Loading)) throw error;
    if (mine === run) showTrouble(error, query);
  }
}

/** How many cases are found, the cards to show, and of how many these are a part. */
async function look(wish, query) {
  const { text, chosen, order } = wish;
  if (chosen.size || order) await fetchFacets();
  const ranked = text ? await rank(text) : NOTHING;
  const { scores } = ranked;
  const misses = missed(data, total, scores, wish);
  const found = ordered((number) => misses.total[number] === 0, scores, order);
  const wanted = found.length ? found : nearest(misses, scores, chosen.size + (scores ? 1 : 0));
  const most = query ? limit : Math.max(limit, own);
  const some = await Promise.all(wanted.slice(0, most).map(card));
  const { told, fault } = await toldOf(wanted.slice(0, some.length), wish);
  return {
    number: found.length,
    numbers: wanted,
    shown: some,
    of: most < wanted.length ? wanted.length : 0,
    ranked,
    misses,
    told,
    fault,
  };
}

/** What the cards tell, before any is shown: nothing must move under a mouse that is pressed. They are whole without it. */
async function toldOf(numbers, wish) {
  try {
    return { told: await readTold(numbers, wish, group) };
  } catch (fault) {
    if (!(fault instanceof Loading)) throw fault;
    return { told: [], fault };
  }
}

function showResults({ number, numbers, shown: found, of, told, ranked }, query) {
  const { hits, missing } = ranked;
  shown = query;
  document.documentElement.classList.remove("is-asked");
  setText(status, number === 1 ? "1 case study" : `${number} case studies`);
  none.hidden = number > 0;
  none.querySelector("#nearest").hidden = found.length === 0;
  some.hidden = !number || numbers.some((one) => !missing(one).length);
  showNotices(ranked, searchExactly);
  offerToTell();
  list.hidden = false;
  showTold(found, told);
  reconcile(list, found);
  for (const [at, one] of found.entries()) showMissing(one, missing(numbers[at]));
  showMore(of);
  offerToTake(number ? numbers : []);
  document.dispatchEvent(new CustomEvent("cards"));
  watch(hits);
  restoreScroll(list);
}

function showCounts(misses, wish) {
  if (data) recount(misses, wish);
  form.classList.remove("find__form--uncounted");
  list.ariaBusy = "false";
  if (document.activeElement === again) form.elements.text.focus();
  again.hidden = true;
  setText(trouble, "");
}

/** Say that a file isn't here which the answer needs. What is known stays; what would look like the answer doesn't. */
function showTrouble(file, query) {
  document.documentElement.classList.remove("is-asked");
  list.ariaBusy = "false";
  const isShown = query === shown;
  if (!isShown) {
    shown = undefined;
    setText(status, "");
    for (const part of [list, none, some, more, said]) part.hidden = true;
  }
  setText(trouble, file.said(isShown ? "The rest of the list" : "The search"));
  file.offer(again, form.elements.text, () => retry("failed", "late"), loadAgain);
  file.addEventListener("change", show, { once: true });
}

function loadAgain() {
  remember();
  location.reload();
}

async function fetchFacets() {
  data ??= decode(await fetchData("facets.json"));
}

/** The cases that pass, in the order asked for. */
function ordered(passes, scores, order) {
  return sorted([...Array(total).keys()].filter(passes), order, scores, data, kinds);
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
    page.innerHTML = (await fetchData(`cards/${first / group}.json`)).html;
    for (const [place, one] of page.content.querySelectorAll("li.card").entries()) cards[first + place] ??= one;
  }
  return cards[number];
}

/** Beside each value: how many cases there would be with it, given what is chosen in the other facets. */
function recount(misses, wish) {
  for (const box of boxes) {
    const count = countWith(data, misses, wish, box.name, box.value);
    const option = box.closest("label");
    option.classList.toggle("facet__option--empty", count === 0);
    setText(option.querySelector(".facet__number"), String(count));
    setText(option.querySelector(".facet__unit"), count === 1 ? "case study" : "case studies");
  }
}

/** Offer the rest of as many cards. */
function showMore(number) {
  const left = number - limit;
  more.hidden = left <= 0;
  setText(more, `Show ${Math.min(left, STEP)} more of ${number}`);
}

let watcher;

/** Mark the words on each card as it comes into view. */
function watch(hits) {
  watcher?.disconnect();
  if (!hits.size) {
    for (const one of list.children) highlight(one, hits);
    return;
  }
  const seen = (entries, observer) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      highlight(target, hits);
    }
  };
  watcher = new IntersectionObserver(seen, { rootMargin: "300px" });
  for (const one of list.children) watcher.observe(one);
}

const clearing = chip("Clear all", clear, "chip chip--all");
const chipOfText = chip("", () => (form.elements.text.value = ""));
const chipOf = new Map(
  boxes.map((box) => [box, chip(box.nextElementSibling.textContent, () => (box.checked = false))]),
);

/** A chip for the words and one for each chosen value: always the same ones. */
function showChips(text, chosen) {
  const items = boxes.filter((box) => chosen.get(box.name)?.includes(box.value)).map((box) => chipOf.get(box));
  if (text) items.unshift(named(chipOfText, /["“”]/.test(text) ? text : `“${text}”`));
  if (items.length > 1) items.push(clearing);
  reconcile(chips, items);
  chips.hidden = items.length === 0;
  const number = [...chosen.values()].flat().length;
  setText(byId("filters-number"), number ? ` (${number})` : "");
}

function chip(words, undo, kind = "chip") {
  const button = node("button", { type: "button", class: kind });
  button.addEventListener("click", () => {
    undo();
    change();
    form.elements.text.focus();
  });
  return kind === "chip" ? named(button, words) : Object.assign(button, { textContent: words });
}

function named(chip, words) {
  setText(chip, words);
  chip.setAttribute("aria-label", `Remove ${words}`);
  return chip;
}

function clear() {
  form.elements.text.value = "";
  for (const box of boxes) box.checked = false;
  form.elements.match.value = "any";
  byId("order").value = "";
}

function change() {
  limit = STEP;
  remember();
  return ask();
}

/** Put what is asked for into the address. */
function remember() {
  const wish = asked();
  const query = inAddress(wish);
  form.elements.text.defaultValue = wish.text; // to which WebKit sets the box on Back
  const address = query ? `?${query}` : location.pathname;
  if (address !== (location.search || location.pathname)) history.pushState(null, "", address);
}

/** Fill in what was looked for, for whoever tells us that it isn't here. */
function offerToTell() {
  const sought = [...chips.querySelectorAll(".chip:not(.chip--all)")].map((one) => one.textContent).join(", ");
  const title = `I looked for ${sought}`;
  const body = `${title} and found no case study.\n\n${location.href}\n`;
  const issue = byId("looked");
  issue.search = new URLSearchParams({ title, body });
  const mail = byId("looked-by-mail");
  if (mail) mail.search = `subject=${encodeURIComponent(title)}&body=${encodeURIComponent(body)}`;
}

/** Search for a part of the words exactly as it was typed. */
function searchExactly(typed) {
  const box = form.elements.text;
  box.value = box.value.replace(typed, `"${typed}"`);
  change();
  box.focus();
}

/** Show what the address asks for, and what somebody typed or ticked before this script came. */
function begin() {
  const { text, chosen, isAll, order } = asked();
  recall();
  if (text) form.elements.text.value = text;
  if (isAll) form.elements.match.value = "all";
  if (order) byId("order").value = order;
  for (const box of boxes) box.checked ||= Boolean(chosen.get(box.name)?.includes(box.value));
  return show();
}

/** Fill the form from the address. */
function recall() {
  const query = new URLSearchParams(location.search);
  limit = history.state?.limit ?? STEP;
  const text = query.get("text") ?? "";
  Object.assign(form.elements.text, { defaultValue: text, value: text });
  form.elements.match.value = query.get("match") === "all" ? "all" : "any";
  byId("order").value = query.get("order") ?? "";
  for (const box of boxes) {
    box.checked = query.getAll(box.name).includes(box.value);
    if (box.checked) box.closest("details").open = true;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  change();
});
form.addEventListener("change", change);
byId("order").addEventListener("change", change);
form.elements.text.addEventListener("input", () => {
  limit = STEP;
  ask();
});
more.addEventListener("click", async () => {
  const first = limit;
  limit += STEP;
  history.replaceState({ limit }, "");
  await ask();
  list.children[first]?.querySelector("a").focus();
});
addEventListener("popstate", () => {
  recall();
  ask();
});
trackScroll(list, () => ({ limit }));

begin();
