// A page of answers, complete as it is: orders and filters them where they stand.

import { byId, setText } from "../dom/elements.js";

const form = byId("reorder");
const groups = [...document.querySelectorAll(".group")].map((section) => ({
  section,
  list: section.querySelector(".answers-list"),
  rows: [...section.querySelectorAll(".answer")],
}));
const all = groups.flatMap(({ rows }) => rows).length;

const strength = (row) => Number(row.dataset.evidence);
const failed = (row) => row.dataset.results.split(" ").includes("did-not-work");
const ORDERS = {
  "": () => 0, // as on the page: sorting is stable
  evidence: (one, other) => strength(other) - strength(one),
  failed: (one, other) => failed(other) - failed(one) || strength(other) - strength(one),
};

function show() {
  const { order, result, nation } = Object.fromEntries(
    ["order", "result", "nation"].map((name) => [name, byId(name).value]),
  );
  const fits = ({ dataset }) =>
    (!result || dataset.results.split(" ").includes(result)) &&
    (!nation || dataset.nations.split(" ").includes(nation));
  let number = 0;
  for (const { section, list, rows } of groups) {
    for (const row of rows) row.hidden = !fits(row);
    const shown = rows.filter((row) => !row.hidden);
    list.append(...rows.toSorted(ORDERS[order]));
    section.hidden = !shown.length;
    number += shown.length;
  }
  setText(byId("shown"), number === all ? "" : `${number} of ${all} shown`);
}

form.addEventListener("change", show);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("pageshow", show); // browsers keep what was chosen, on Back
