// The report: case studies side by side, and one after the other, for paper on which no more than two fit beside each other.

import { node, setText } from "../dom/elements.js";
import { cached, reconcile } from "../dom/reconcile.js";
import { plain } from "../export/markdown.js";

const BESIDE = 2;

export const addressOf = (slug) => new URL(`../case-studies/${slug}/`, location.href).href;

/** What the report says of these: a heading, and what each tells of it, as a list of lines. Powers stand only where one has any. */
function rows(boxes, cases) {
  return [
    ["Where and when", (one) => [one.place]],
    ["Did it work?", (one) => one.outcomes.map((each) => `${each.result}: ${each.what} (${each.evidence})`)],
    ["What was done or made", (one) => one.done],
    ["Costs and income", (one) => one.costs],
    ["Terms agreed", (one) => one.terms],
    ["Effort", (one) => one.effort],
    ...boxes
      .filter((box) => box.checked)
      .map((box) => [
        box.nextElementSibling.textContent,
        (one) => (one.answers.has(box.value) ? [one.answers.get(box.value)] : []),
      ]),
    ["What went wrong", (one) => one.wrong],
    ...(cases.some((one) => one.powers.length) ? [["Powers", powers]] : []),
  ];
}

const powers = (one) => (one.powers.length ? one.powers : ["None named"]);

/** Show these case studies in this part of the page, and say which are missing. */
export function renderReport(part, cases, missing, boxes) {
  part.classList.toggle("pack__report--many", cases.length > BESIDE);
  const lacks = cached("missing", () => node("p", { class: "pack__missing" }));
  setText(lacks, `Not in this report: ${missing.join("; ")}.`);
  const parts = [
    cached("beside", () => node("h2", { class: "pack__beside" }, "Side by side")),
    ...(missing.length ? [lacks] : []),
    beside(cases, rows(boxes, cases)),
    cached("sources", () => node("h2", { class: "pack__beside" }, "Sources")),
    ...cases.map((one) => alone(one, rows(boxes, [one]))),
  ];
  reconcile(part, cases.length ? parts : []);
}

function beside(cases, told) {
  const [head, body] = cached("table", () => [node("tr"), node("tbody")]);
  const corner = cached("corner", () => node("td"));
  reconcile(head, [
    corner,
    ...cases.map((one) => cached(`head ${one.slug}`, () => node("th", { scope: "col" }, linked(one)))),
  ]);
  reconcile(
    body,
    told.map(([heading, tell]) => row(heading, tell, cases)),
  );
  return cached("scroll", () => {
    const caption = node("caption", { class: "unseen" }, "Case studies side by side");
    const table = node("table", { class: "pack__table" }, caption, node("thead", {}, head), body);
    const region = { class: "scroll pack__beside", role: "region", tabindex: "0", "aria-label": "Side by side" };
    return node("div", region, table);
  });
}

function row(heading, tell, cases) {
  const title = cached(`row ${heading}`, () => node("th", { scope: "row" }, heading));
  const cells = cases.map((one) =>
    cached(`cell ${heading} ${one.slug}`, () => node("td", { "data-column": one.title }, ...lines(tell(one)))),
  );
  return reconcile(
    cached(`line ${heading}`, () => node("tr")),
    [title, ...cells],
  );
}

function lines(told) {
  return told.length ? told.map((line) => node("p", {}, line)) : [node("p", { class: "soft" }, "Not told")];
}

/** One case study: what it tells, on paper alone, and its sources. */
function alone(one, told) {
  const facts = cached(`facts ${one.slug}`, () => node("dl", { class: "pack__facts" }));
  const fact = ([heading, tell]) =>
    cached(`fact ${heading} ${one.slug}`, () =>
      node("div", {}, node("dt", {}, heading), node("dd", {}, ...lines(tell(one)))),
    );
  reconcile(facts, told.map(fact));
  return cached(`alone ${one.slug}`, () => {
    const items = one.sources.map(({ text, address }) =>
      node("li", {}, address ? node("a", { href: address }, text) : text),
    );
    const title = node("h3", {}, one.title);
    return node(
      "div",
      {},
      title,
      node("p", {}, addressOf(one.slug)),
      facts,
      node("ol", { class: "sources" }, ...items),
    );
  });
}

function linked({ slug, title }) {
  return node("a", { href: addressOf(slug) }, title);
}

/** The report as Markdown, a part for each case study. */
export function markdown(cases, missing, boxes) {
  const lines = ["# Case studies side by side", "", location.href, ""];
  if (missing.length) lines.push(`Not in this report: ${missing.map(plain).join("; ")}.`, "");
  for (const one of cases) {
    lines.push(`## ${plain(one.title)}`, "", addressOf(one.slug), "");
    for (const [heading, tell] of rows(boxes, [one])) {
      const told = tell(one);
      if (told.length) lines.push(`**${plain(heading)}.** ${told.map(plain).join(" ")}`, "");
    }
    const source = ({ text, address }, number) => `${number + 1}. ${plain(text)}${address ? ` <${address}>` : ""}`;
    lines.push("Sources:", "", ...one.sources.map(source), "");
  }
  return lines.join("\n");
}
