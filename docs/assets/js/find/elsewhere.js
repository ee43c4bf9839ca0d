// What is found beside case studies: other pages of the site, and that no case study is from a place yet.

import { byId, node, setText } from "../dom/elements.js";
import { released } from "../dom/pressed.js";
import { cached, reconcile } from "../dom/reconcile.js";
import { Loading } from "../network/loading.js";
import { readCouncil } from "../pack/council.js";
import { fetchSite, unwritten } from "./places.js";
import { stem, tokenise } from "./words.js";

const MOST = 6;
const ALIKE = 4;
const KINDS = { questions: "Key question", pledges: "Pledge", themes: "Theme", powers: "Power", councils: "Council" };
const home = new URL("../../../", import.meta.url);
const place = byId("place");
const elsewhere = byId("elsewhere");

/** Show what is found elsewhere, unless somebody has typed on. */
export async function showElsewhere(text, wanted, isLatest) {
  const site = text && (await fetchSite());
  await released();
  if (!isLatest()) return;
  const pages = site ? found(site.pages, wanted) : [];
  reconcile(byId("elsewhere-pages"), pages.map(item));
  elsewhere.hidden = !pages.length;
  await showPlace(site ? unwritten(text, wanted, site.councils) : undefined, isLatest);
}

/** The pages that hold all that was looked for, those first that have it in their title. */
function found(pages, wanted) {
  if (!wanted.length) return [];
  const isIn = (stems, { words }) => words.every((word) => stems.has(stem(word)));
  const holds = (text) => {
    const stems = new Set(tokenise(text).flatMap(({ words }) => words.map(stem)));
    return wanted.every(({ ways }) => ways.some((way) => isIn(stems, way)));
  };
  const titled = pages.filter(({ title }) => holds(title));
  const others = pages.filter((page) => !titled.includes(page) && holds(`${page.title} ${page.text}`));
  return [...titled, ...others].slice(0, MOST);
}

function item({ path, title }) {
  const kind = KINDS[path.split("/")[0]];
  return cached(`page ${path}`, () => {
    const link = node("a", { href: new URL(path, home) }, title);
    return kind && path.split("/").length > 2
      ? node("li", {}, node("span", { class: "soft" }, `${kind}: `), link)
      : node("li", {}, link);
  });
}

const councils = new Map(); // what each council's page lists

async function showPlace(council, isLatest) {
  place.hidden = !council;
  if (!council) return;
  const now = council.now ? `, now part of ${council.now.map(({ name }) => name).join(" and ")},` : "";
  setText(byId("place-name"), `No case study from ${council.names[0]}${now} yet`);
  byId("place-page").href = new URL(`councils/${council.id}/`, home);
  byId("place-add").href = new URL(`contribute/form/?council=${council.now?.[0].id ?? council.id}`, home);
  const cases = await alike(council);
  await released();
  if (!isLatest()) return;
  byId("place-like").hidden = !cases.length;
  reconcile(byId("place-cases"), cases.map(caseItem));
}

async function alike({ id, now }) {
  const one = now?.[0].id ?? id;
  if (!councils.has(one))
    councils.set(
      one,
      new Loading(
        (cache) => readCouncil(one, cache, now && `by ${now[0].name}`),
        () => {},
      ),
    );
  try {
    const { cases } = await councils.get(one).settled();
    const shown = new Set(); // one of each council
    return cases.filter(({ because }) => !shown.has(because) && shown.add(because)).slice(0, ALIKE);
  } catch (error) {
    if (!(error instanceof Loading)) throw error;
    return [];
  }
}

function caseItem({ slug, title, because }) {
  return cached(`alike ${slug} ${because}`, () => {
    const link = node("a", { href: new URL(`case-studies/${slug}/`, home) }, title);
    return node("li", {}, link, node("span", { class: "soft" }, ` ${because}`));
  });
}
