// The pack's page: a report of what the case studies' own pages say. What is shown stands in the address (?case=…&question=…),
// to share. Whoever comes by such an address is shown what it brings; their own pack stays until they choose otherwise.

import { byId, node, setText } from "../dom/elements.js";
import { cached, reconcile } from "../dom/reconcile.js";
import { copy, download } from "../export/download.js";
import { fetchJson, Loading, request } from "../network/loading.js";
import { parseCase } from "./case-study.js";
import { keeps, MOST, read, slugsOf, unread, write } from "./pack.js";
import { addressOf, markdown, renderReport } from "./report.js";
import { packButton } from "./suggestions.js";

const id = (name) => byId(`pack-${name}`);
const list = id("list");
const boxes = [...document.querySelectorAll(".pack__questions input")];
const pages = new Map(); // the page of each case study, by slug, as it is loading
const absent = new Map([
  ["this link", []],
  ["your pack", []],
]); // slugs of no case study, by where they stood

let link = null; // the slugs that an address brought; without one, the reader's own pack is shown
let linked = 0; // how many there were
let titles; // of all case studies by slug, fetched when a page could not be loaded
let done = "";
let seen = []; // the reader's own pack, as it was seen last

const cases = (number) => (number === 1 ? "1 case study" : `${number} case studies`);

const slugs = () => link ?? read();

const inState = (...states) => slugs().filter((slug) => states.includes(stateOf(slug)));

const shown = () => inState("here").map((slug) => pages.get(slug).value);

const missing = () => inState("loading", "late", "failed").map(titleOf);

function load(slug) {
  if (pages.has(slug)) return;
  const get = async (cache) => parseCase(slug, await request(addressOf(slug), cache));
  pages.set(slug, new Loading(get, show));
}

/** Where a page could not be loaded, there may be no such case study at all: that is known when the titles are. */
function stateOf(slug) {
  const { state } = pages.get(slug);
  if (state === "here" || state === "loading") return state;
  titles ??= new Loading(readTitles, show);
  if (titles.state === "here") return Object.hasOwn(titles.value, slug) ? state : "absent";
  return titles.state;
}

async function readTitles(cache) {
  const { titles } = await fetchJson(new URL("../contribute/form/cases.json", location.href), cache);
  return Object.fromEntries(Object.entries(titles));
}

const titleOf = (slug) => pages.get(slug)?.value?.title ?? titles?.value?.[slug] ?? slug;

function show() {
  seen = read();
  slugs().forEach(load);
  if (inState("absent").length) return dropAbsent();
  remember();
  setText(document.querySelector("h1"), link ? "A pack from a link" : "Your pack");
  setText(id("cases"), link ? "In this link" : "In the pack");
  setText(id("count"), counted());
  setText(id("told"), told());
  showOffer();
  id("undo").hidden = !history.state?.before || String(history.state.after) !== String(read());
  id("unread").hidden = unread.read() === null;
  id("do").hidden = !slugs().length;
  id("clear").hidden = Boolean(link);
  setText(id("answers"), isAllShown() ? "Show no answers" : "Show all answers");
  showList();
  renderReport(id("report"), shown(), missing(), boxes);
  document.dispatchEvent(new CustomEvent("cards"));
}

const isAllShown = () => boxes.every((box) => box.checked);

function showAnswers(isShown) {
  for (const box of boxes) box.checked = isShown(box.value);
  showChange();
}

/** What was said of the last change holds no longer: a copy of the report, say, is of another one. */
function showChange() {
  done = "";
  show();
}

function dropAbsent() {
  const gone = inState("absent");
  const left = slugs().filter((slug) => !gone.includes(slug));
  absent.get(link ? "this link" : "your pack").push(...gone);
  const said = done;
  if (link) link = left.length ? left : null;
  else write(left, history.state?.before);
  done = said;
  show();
}

function counted() {
  if (inState("loading").length) return `Loading ${cases(slugs().length)} …`;
  const parts = [cases(inState("here").length)];
  for (const [state, words] of [
    ["late", "still loading"],
    ["failed", "that could not be loaded"],
  ]) {
    const { length } = inState(state);
    if (length) parts.push(`and ${length} ${words}`);
  }
  return parts.join(", ");
}

function told() {
  const said = [done];
  if (link && linked > MOST) said.push(`This link brings ${linked} case studies: only the first ${MOST} are shown.`);
  for (const [place, gone] of absent) {
    if (gone.length)
      said.push(
        `${cases(gone.length)} in ${place} ${gone.length === 1 ? "is" : "are"} not in the casebook: ${gone.sort().join(", ")}.`,
      );
  }
  if (unread.read() !== null) said.push("What this browser kept as your pack can’t be read. It is set aside.");
  if (!link && read().length && !keeps())
    said.push("This browser keeps nothing: your pack is in the address of this page alone.");
  return said.filter(Boolean).join(" ");
}

function showOffer() {
  const mine = read();
  id("offer").hidden = !link;
  id("mine").hidden = id("replace").hidden = !mine.length;
  id("add").hidden = !link?.some((slug) => !mine.includes(slug));
  const own = mine.length ? `has ${cases(mine.length)}` : "is empty";
  setText(id("brought"), `Your own pack ${own}, and stays as it is until you choose otherwise.`);
}

/** Whoever had the focus in an entry that goes, or on a part of it, has it next to that. */
function showList() {
  const had = document.activeElement;
  const place = [...list.children].indexOf(had.closest("#pack-list > li"));
  reconcile(list, slugs().map(entry));
  id("empty").hidden = list.children.length > 0;
  if (place < 0 || had.getClientRects().length) return;
  const next = list.children[Math.min(place, list.children.length - 1)];
  (next?.querySelector(".pack-add") ?? id("empty")).focus();
}

function entry(slug) {
  const [item, title, state, again, button] = cached(`entry ${slug}`, () => {
    const parts = [
      node("a", { href: addressOf(slug) }),
      node("span", { class: "soft" }),
      node("button", { type: "button", class: "pack__again" }, "Try again ", node("span", { class: "unseen" })),
      packButton(slug, ""),
    ];
    parts[2].addEventListener("click", () => tryAgain(slug));
    return [node("li", {}, ...parts.flatMap((part) => [part, " "])), ...parts];
  });
  for (const part of [title, again.lastChild, button.lastChild]) setText(part, titleOf(slug));
  const now = stateOf(slug);
  setText(state, { loading: "loading …", late: "takes long to load", failed: "could not be loaded" }[now] ?? "");
  again.hidden = now === "here" || (now === "loading" && pages.get(slug).tries === 1);
  return item;
}

function tryAgain(slug) {
  if (["late", "failed"].includes(titles?.state)) titles.again();
  pages.get(slug).again();
}

function remember() {
  const query = new URLSearchParams();
  for (const slug of slugs()) query.append("case", slug);
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  if (!isAllShown()) for (const question of chosen.length ? chosen : [""]) query.append("question", question);
  const address = query.size ? `?${query}` : location.pathname;
  const isSaid = address === (location.search || location.pathname) && history.state?.own === !link;
  if (!isSaid) history.replaceState({ ...history.state, own: !link }, "", address);
}

/** Show what the address brings, unless it is the reader's own pack, as it is now or was when they left this page. */
function recall() {
  const query = new URLSearchParams(location.search);
  const brought = slugsOf(query.getAll("case"));
  const mine = read();
  const isMine = brought.length === mine.length && brought.every((slug) => mine.includes(slug));
  linked = brought.length;
  link = !linked || isMine || (history.state?.own && keeps()) ? null : brought.slice(0, MOST);
  for (const gone of absent.values()) gone.length = 0;
  const chosen = query.getAll("question");
  showAnswers((question) => !chosen.length || chosen.includes(question));
}

/** Make these the reader's pack, in a new place of the history: Back leads to what was shown, "Undo" to what was kept. */
function keep(slugs, said) {
  link = null;
  history.pushState({ own: true }, "");
  write(slugs);
  done = said;
  show();
  id("undo").focus();
}

/** The pack was changed: here, and then there is a way back to what it was before; or in another tab. */
function sync({ detail }) {
  const now = read();
  const before = detail ?? seen;
  if (String(before) !== String(now)) history.replaceState({ ...history.state, before, after: now }, "");
  const out = before.filter((slug) => !now.includes(slug));
  if (detail) done = out.length ? `Taken out of your pack: ${titleOf(out[0])}.` : "Added to your pack.";
  else done = out.length ? `Another tab has taken ${cases(out.length)} out of your pack.` : "";
  show();
}

function add() {
  const mine = read();
  const all = [...new Set([...mine, ...link])];
  const fitting = all.slice(0, Math.max(MOST, mine.length));
  const rest = all.length - fitting.length;
  const said = `Added to your pack: ${cases(fitting.length - mine.length)}.`;
  keep(fitting, rest ? `${said} It holds ${MOST}: ${cases(rest)} did not fit.` : said);
}

async function copyReport() {
  const isCopied = await copy(markdown(shown(), missing(), boxes), id("text"));
  done = isCopied ? "Copied as Markdown." : "The browser does not let this page copy. Copy the text below.";
  show();
}

/** The reader has what could not be read. */
function saveUnread() {
  download("pack-that-was-kept.json", unread.read());
  unread.write(null);
  show();
  id("cases").focus();
}

id("add").addEventListener("click", add);
id("replace").addEventListener("click", () => keep(link, `Your pack was replaced. It had ${cases(read().length)}.`));
id("clear").addEventListener("click", () => keep([], `Your pack was emptied. It had ${cases(read().length)}.`));
id("undo").addEventListener("click", () => {
  write(history.state.before);
  done = "Your pack is as it was.";
  show();
});
id("answers").addEventListener("click", () => {
  const isShown = !isAllShown();
  showAnswers(() => isShown);
});
id("print").addEventListener("click", () => print());
id("copy").addEventListener("click", copyReport);
id("unread").addEventListener("click", saveUnread);
for (const box of boxes) box.addEventListener("change", showChange);
document.addEventListener("pack", sync);
addEventListener("popstate", recall);
byId("trouble").parentElement.hidden = true;
byId("pack").hidden = false;
recall();
