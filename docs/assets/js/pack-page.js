// The pack's own page: the report, made of what the case studies' own pages say; and councils like a given one.
// What is in the pack and which answers are shown stands in the address (?case=…&question=…), so that it can be shared.

import { plain } from "./markdown.js";
import { read, write } from "./pack.js";

const id = (name) => document.getElementById(`pack-${name}`);
const boxes = [...document.querySelectorAll(".pack__questions input")];
const cases = new Map(); // what was read of each case study, by slug
const MOST = 12;

/** Fetch a case study's page and take from it what a report needs; null if there is no such page. */
async function open(slug) {
  const address = new URL(`../case-studies/${slug}/`, location.href);
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const numbers = [...page.querySelectorAll(".sources > li")].map((source) => source.id);
  for (const one of page.querySelectorAll(".cite a")) one.textContent = numbers.indexOf(one.hash.slice(1)) + 1;
  return {
    slug,
    address: address.href,
    title: words(page.querySelector("h1")),
    place: words(page.querySelector(".case-head__place")),
    outcomes: [...page.querySelectorAll(".outcome")].map((one) => ({
      result: words(one.querySelector(".result")),
      what: cited(one.querySelector(".outcome__what"), one.querySelector(".result")),
      evidence: words(one.querySelector("dd strong")).replace(/\.$/, ""),
    })),
    answers: new Map([...page.querySelectorAll("#answers + .answers dt")].map((term) => [
      term.querySelector("a").pathname.split("/").at(-2),
      cited(term.nextElementSibling),
    ])),
    wrong: section(page, "body-what-went-wrong"),
    powers: [...page.querySelectorAll(".facts a[href*='/powers/']")].map(words),
    sources: [...page.querySelectorAll(".sources > li")].map((one) => ({
      text: words(one),
      address: one.querySelector("a")?.getAttribute("href"),
    })),
  };
}

function words(part) {
  return (part?.textContent ?? "").trim().replace(/\s+/g, " ");
}

/** The words of a part, its citations as [1, 2], without another part within it. */
function cited(part, without) {
  const copy = part.cloneNode(true);
  if (without) copy.querySelector(`.${without.classList[0]}`).remove();
  for (const cite of copy.querySelectorAll(".cite")) cite.textContent = ` [${words(cite)}]`;
  return words(copy);
}

/** The paragraphs below a heading, up to the next one. */
function section(page, heading) {
  const found = [];
  let part = page.getElementById(heading)?.nextElementSibling;
  while (part && part.tagName !== "H2") {
    found.push(cited(part));
    part = part.nextElementSibling;
  }
  return found;
}

async function show() {
  const slugs = read();
  await Promise.all(slugs.filter((slug) => !cases.has(slug)).map(async (slug) => cases.set(slug, await open(slug))));
  const shown = slugs.map((slug) => cases.get(slug)).filter(Boolean);
  remember(slugs);
  id("count").textContent = shown.length === 1 ? "1 case study" : `${shown.length} case studies`;
  id("empty").hidden = shown.length > 0;
  id("list").replaceChildren(...shown.map(entry));
  id("report").replaceChildren(...(shown.length ? report(shown) : []));
  document.dispatchEvent(new CustomEvent("cards"));
}

function entry(one) {
  return node("li", {}, node("a", { href: one.address }, one.title), " ", button(one));
}

function button(one) {
  const made = node("button", { type: "button", class: "pack-add" });
  made.dataset.case = one.slug;
  made.append(node("span", { class: "pack-add__word" }, "Take out of pack"), node("span", { class: "unseen" }, one.title));
  return made;
}

/** The rows of the report: a heading, and what each case study says to it, as a list of lines. */
function rows(shown) {
  const chosen = boxes.filter((box) => box.checked);
  return [
    ["Where and when", (one) => [one.place]],
    ["Did it work?", (one) => one.outcomes.map((each) => `${each.result}: ${each.what} (${each.evidence})`)],
    ...(chosen.length ? chosen : boxes).map((box) => [
      words(box.nextElementSibling),
      (one) => (one.answers.has(box.value) ? [one.answers.get(box.value)] : []),
    ]),
    ["What went wrong", (one) => one.wrong],
    ["Powers", (one) => one.powers],
  ].map(([heading, tell]) => [heading, shown.map(tell)]);
}

function report(shown) {
  const head = node("tr", {}, node("td"), ...shown.map((one) => node("th", { scope: "col" }, node("a", { href: one.address }, one.title))));
  const lines = rows(shown).map(([heading, cells]) =>
    node(
      "tr",
      {},
      node("th", { scope: "row" }, heading),
      ...cells.map((told, place) => {
        const cell = node("td", {}, ...(told.length ? told.map((line) => node("p", {}, line)) : [node("p", { class: "soft" }, "Not told")]));
        cell.dataset.column = shown[place].title;
        return cell;
      }),
    ),
  );
  const table = node("table", { class: "pack__table" }, node("caption", { class: "unseen" }, "Case studies side by side"), node("thead", {}, head), node("tbody", {}, ...lines));
  return [node("h2", {}, "Side by side"), node("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": "Side by side" }, table), node("h2", {}, "Sources"), ...shown.flatMap(sources)];
}

function sources(one) {
  const items = one.sources.map(({ text, address }) => node("li", {}, address ? node("a", { href: address }, text) : text));
  return [node("h3", {}, one.title), node("p", {}, one.address), node("ol", { class: "sources" }, ...items)];
}

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The report as Markdown, a part for each case study. */
function markdown(shown) {
  const lines = ["# Case studies side by side", "", location.href, ""];
  shown.forEach((one, place) => {
    lines.push(`## ${plain(one.title)}`, "", one.address, "");
    for (const [heading, cells] of rows(shown)) {
      if (cells[place].length) lines.push(`**${plain(heading)}.** ${cells[place].map(plain).join(" ")}`, "");
    }
    lines.push("Sources:", "", ...one.sources.map(({ text, address }, number) => `${number + 1}. ${plain(text)}${address ? ` <${address}>` : ""}`), "");
  });
  return lines.join("\n");
}

function remember(slugs) {
  const query = new URLSearchParams();
  for (const slug of slugs) query.append("case", slug);
  for (const box of boxes) if (box.checked) query.append("question", box.value);
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
}

/** A shared address brings its own pack; without one, the browser's is shown. */
function recall() {
  const query = new URLSearchParams(location.search);
  const slugs = query.getAll("case").filter((slug) => /^[a-z0-9-]+$/.test(slug));
  if (slugs.length) write([...new Set(slugs)]);
  for (const box of boxes) box.checked = query.getAll("question").includes(box.value);
}

let councils; // fetched when somebody first asks

async function fetchCouncils() {
  councils ??= await (await fetch(new URL("councils.json", location.href))).json();
  if (!id("councils").children.length) id("councils").append(...councils.map(({ name }) => node("option", { value: name })));
}

/** Case studies of the same council, then of its kind and region, of its kind and nation, of its region, of its nation. */
function like(mine) {
  const reasons = [
    [(one) => one.id === mine.id, () => "by this council"],
    [(one) => one.kind === mine.kind && one.region === mine.region, (one) => `by another ${lower(one.kind)} in ${one.region}`],
    [(one) => one.kind === mine.kind && one.nation === mine.nation, (one) => `by another ${lower(one.kind)} in ${one.nation}`],
    [(one) => one.region === mine.region, (one) => `also in ${one.region}`],
    [(one) => one.nation === mine.nation, (one) => `also in ${one.nation}`],
  ];
  const found = new Map();
  for (const [fits, because] of reasons) {
    for (const one of councils.filter(fits)) {
      for (const each of one.cases) if (!found.has(each.slug)) found.set(each.slug, { ...each, because: `${one.name}, ${because(one)}` });
    }
  }
  return [...found.values()].slice(0, MOST);
}

function lower(kind) {
  return kind.replace(/^(?!London|Welsh|Scottish|Northern)./, (letter) => letter.toLowerCase());
}

async function showLike() {
  const name = id("council").value.trim().toLowerCase();
  await fetchCouncils();
  const mine = councils.find((one) => [one.name, ...one.aliases].some((each) => each.toLowerCase() === name));
  const found = mine ? like(mine) : [];
  id("said").textContent = !name ? "" : mine ? `${found.length} case studies, the most alike first` : "No council of that name is in the register.";
  id("found").replaceChildren(
    ...found.map((one) => {
      const link = node("a", { href: new URL(`../case-studies/${one.slug}/`, location.href) }, one.title);
      const item = node("li", {}, link, node("span", { class: "soft" }, ` ${one.because} `), button(one));
      return item;
    }),
  );
  document.dispatchEvent(new CustomEvent("cards"));
}

id("council").addEventListener("focus", fetchCouncils);
id("council").addEventListener("change", showLike);
id("print").addEventListener("click", () => print());
id("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(markdown(read().map((slug) => cases.get(slug)).filter(Boolean)));
  id("count").textContent = "Copied as Markdown.";
});
id("clear").addEventListener("click", () => {
  write([]);
  show();
  id("council").focus();
});
for (const box of boxes) box.addEventListener("change", show);
document.addEventListener("pack", show);
document.getElementById("pack").hidden = false;
recall();
show();
