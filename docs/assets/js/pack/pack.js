// The pack: the case studies that somebody collects, by slug, kept in this browser. Loaded on every page. The event "pack"
// tells of each change; its detail is what the pack was before, where it was changed on this page.

import { Store } from "../storage/store.js";

export const MOST = 50;
const KEY = "localism-casebook:pack:1";
const MOMENT = 500; // milliseconds in which another tab may have written without having seen what this one wrote
const store = new Store(KEY);
let last = { came: [], went: [], at: -MOMENT }; // what this tab has put in and taken out last

/** What was stored in the pack's place and is none, until somebody has saved it. */
export const unread = new Store(`${KEY}:unread`);

/** The slugs in the pack, in order. */
export const read = () => slugsOf(listed(store.read()) ?? []);

/** The list in a text that is kept; nothing if it is none. */
function listed(text) {
  try {
    const found = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** What may be the slug of a case study, each once. */
export const slugsOf = (found) =>
  [...new Set(found)].filter((one) => typeof one === "string" && /^[a-z0-9-]+$/.test(one));

/** Keep these slugs. What is no pack is not overwritten, but set aside. */
export function write(slugs, before = read()) {
  const old = read();
  const without = (all, some) => all.filter((one) => !some.includes(one));
  last = { came: without(slugs, old), went: without(old, slugs), at: performance.now() };
  if (!listed(store.read())) unread.write(store.read());
  store.write(JSON.stringify(slugs));
  changed(before);
}

/** Another tab has changed the pack. Where both did at the same moment, what was changed here is changed again. */
function sync() {
  const slugs = read();
  const both = [...new Set([...slugs, ...last.came])].filter((one) => !last.went.includes(one));
  const isSame = String(both) === String(slugs);
  if (!isSame && performance.now() - last.at < MOMENT) store.write(JSON.stringify(both));
  changed();
}

/** Whether the browser keeps what is put into the pack. */
export const keeps = () => store.isWritable();

function changed(before) {
  show();
  document.dispatchEvent(new CustomEvent("pack", { detail: before }));
}

/** Say on each button whether its case study is in the pack, and in the menu how many are. */
function show() {
  const slugs = read();
  for (const button of document.querySelectorAll(".pack-add")) {
    const isIn = slugs.includes(button.dataset.case);
    button.querySelector(".pack-add__word").textContent = isIn ? "Take out of pack" : "Add to pack";
    button.classList.toggle("pack-add--in", isIn);
  }
  for (const number of document.querySelectorAll(".pack-number"))
    number.textContent = slugs.length ? ` (${slugs.length})` : "";
}

function toggle(button) {
  document.querySelector(".pack-note")?.remove();
  const slug = button.dataset.case;
  const slugs = read();
  const isIn = slugs.includes(slug);
  if (!isIn && slugs.length >= MOST) return note(button, `The pack is full: it holds ${MOST} case studies.`);
  write(isIn ? slugs.filter((one) => one !== slug) : [...slugs, slug]);
  if (!keeps() && button.isConnected)
    note(button, "This browser keeps nothing: the pack is gone when you leave this page.");
}

function note(button, words) {
  const made = document.createElement("span");
  made.className = "pack-note";
  made.role = "alert";
  button.after(made);
  made.textContent = words;
}

document.documentElement.classList.add("has-pack");
document.addEventListener("click", (event) => {
  const button = event.target.closest(".pack-add");
  if (button) toggle(button);
});
document.addEventListener("cards", show); // other cards are shown than before
store.subscribe(sync);
show();
