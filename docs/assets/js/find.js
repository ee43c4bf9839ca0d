// The find page. The list and the filters are complete HTML; this shows and hides, counts, and keeps the address.
// State lives in the address alone (?text=&question=risk&question=culture&theme=…), so Back and reload keep it.

const form = document.getElementById("find");
const list = document.getElementById("found");
const status = document.getElementById("count");
const chips = document.getElementById("chips");
const none = document.getElementById("none");
const boxes = [...form.querySelectorAll("input[type=checkbox]")];
const facets = [...new Set(boxes.map((box) => box.name))];
const cases = [...list.children].map((card, order) => ({
  card,
  order,
  id: card.dataset.slug,
  values: Object.fromEntries(facets.map((facet) => [facet, new Set(card.dataset[facet].split(" "))])),
}));
const NEAREST = 4;

let engine; // made when somebody first looks for words

/** What is asked for: words, and the chosen values by facet. */
function asked() {
  const data = new FormData(form);
  return {
    text: data.get("text").trim(),
    chosen: Object.fromEntries(facets.map((facet) => [facet, data.getAll(facet)])),
  };
}

/** Whether a case has one of the values chosen in the facet; a facet without a choice lets everything through. */
function fits(one, facet, chosen) {
  return chosen[facet].length === 0 || chosen[facet].some((value) => one.values[facet].has(value));
}

async function rank(text) {
  if (!text) return new Map(cases.map((one) => [one.id, 0]));
  engine ??= import("./words.js").then((words) => words.open());
  return (await engine)(text);
}

async function show() {
  const { text, chosen } = asked();
  const scores = await rank(text);
  if (asked().text !== text) return; // somebody has typed on
  const within = cases.filter((one) => scores.has(one.id));
  const found = within.filter((one) => facets.every((facet) => fits(one, facet, chosen)));
  const shown = found.length ? found : nearest(scores, chosen);
  shown.sort((a, b) => (scores.get(b.id) ?? 0) - (scores.get(a.id) ?? 0) || a.order - b.order);
  list.replaceChildren(...shown.map((one) => one.card));
  none.hidden = found.length > 0;
  none.querySelector("#nearest").hidden = shown.length === 0;
  status.textContent = found.length === 1 ? "1 case study" : `${found.length} case studies`;
  recount(within, chosen);
  showChips(text, chosen);
}

/** The cases that fit the most facets, where none fits all. */
function nearest(scores, chosen) {
  const fitting = (one) => facets.filter((facet) => chosen[facet].length && fits(one, facet, chosen)).length;
  const near = (one) => fitting(one) + (scores.has(one.id) ? 1 : 0);
  return cases
    .filter(near)
    .sort((a, b) => near(b) - near(a))
    .slice(0, NEAREST);
}

/** Beside each value: how many cases there would be with it, given what is chosen in the other facets. */
function recount(within, chosen) {
  for (const box of boxes) {
    const others = facets.filter((facet) => facet !== box.name);
    const count = within.filter(
      (one) => one.values[box.name].has(box.value) && others.every((facet) => fits(one, facet, chosen)),
    ).length;
    const option = box.closest("label");
    option.classList.toggle("facet__option--empty", count === 0);
    const [before, after] = option.querySelectorAll(".facet__count > .unseen");
    after.textContent = count === 1 ? " case study" : " case studies";
    before.nextSibling.textContent = String(count);
  }
}

function showChips(text, chosen) {
  const items = boxes
    .filter((box) => chosen[box.name].includes(box.value))
    .map((box) => chip(box.nextElementSibling.textContent, () => (box.checked = false)));
  if (text) items.unshift(chip(`“${text}”`, () => (form.elements.text.value = "")));
  if (items.length > 1) items.push(chip("Clear all", clear, "chip chip--all"));
  chips.replaceChildren(...items);
  chips.hidden = items.length === 0;
}

function chip(words, undo, kind = "chip") {
  const button = document.createElement("button");
  button.type = "button";
  button.className = kind;
  button.textContent = words;
  if (kind === "chip") button.setAttribute("aria-label", `Remove ${words}`);
  button.addEventListener("click", () => {
    undo();
    remember();
    show();
    form.elements.text.focus();
  });
  return button;
}

function clear() {
  form.elements.text.value = "";
  for (const box of boxes) box.checked = false;
}

/** Put what is asked for into the address. */
function remember() {
  const { text, chosen } = asked();
  const query = new URLSearchParams(text ? { text } : {});
  for (const facet of facets) for (const value of chosen[facet]) query.append(facet, value);
  const address = query.size ? `?${query}` : location.pathname;
  if (address !== (location.search || location.pathname)) history.pushState(null, "", address);
}

/** Fill the form from the address. */
function recall() {
  const query = new URLSearchParams(location.search);
  form.elements.text.value = query.get("text") ?? "";
  for (const box of boxes) {
    box.checked = query.getAll(box.name).includes(box.value);
    if (box.checked) box.closest("details").open = true;
  }
  return show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  remember();
  show();
});
form.addEventListener("change", () => {
  remember();
  show();
});
form.elements.text.addEventListener("input", show);
addEventListener("popstate", recall);
recall();
