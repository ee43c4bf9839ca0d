// The pack: the case studies that somebody collects, by slug, kept in this browser. Loaded on every page; the report itself
// is drawn by pack-page.js.

const KEY = "localism-casebook:pack:1";

let fallback = []; // the pack as long as this page lives, where the browser keeps nothing

/** The slugs in the pack, in order. */
export function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((slug) => /^[a-z0-9-]+$/.test(slug)) : [];
  } catch {
    return fallback; // storage is shut off, or holds something else
  }
}

/** Keep these slugs. */
export function write(slugs) {
  fallback = slugs;
  try {
    localStorage.setItem(KEY, JSON.stringify(slugs));
  } catch {
    // Storage is shut off: the pack lives in the address of its page alone.
  }
  show(slugs);
}

/** Say on each button whether its case study is in the pack, and in the menu how many are. */
function show(slugs) {
  for (const button of document.querySelectorAll(".pack-add")) {
    const isIn = slugs.includes(button.dataset.case);
    button.querySelector(".pack-add__word").textContent = isIn ? "Take out of pack" : "Add to pack";
    button.classList.toggle("pack-add--in", isIn);
  }
  for (const number of document.querySelectorAll(".pack-number")) number.textContent = slugs.length ? ` (${slugs.length})` : "";
}

document.documentElement.classList.add("has-pack");
document.addEventListener("click", (event) => {
  const button = event.target.closest(".pack-add");
  if (!button) return;
  const slug = button.dataset.case;
  const slugs = read();
  write(slugs.includes(slug) ? slugs.filter((one) => one !== slug) : [...slugs, slug]);
  document.dispatchEvent(new CustomEvent("pack"));
});
document.addEventListener("cards", () => show(read())); // other cards are shown than before
show(read());
