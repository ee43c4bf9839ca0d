// What is found beside case studies: other pages of the site, and the councils that were named.

import { byId, node, setText } from "../dom/elements.js";
import { released } from "../dom/pressed.js";
import { cached, reconcile } from "../dom/reconcile.js";
import { Loading } from "../network/loading.js";
import { readCouncil } from "../pack/council.js";
import { fetchSite, named } from "./places.js";
import { stem, tokenise } from "./words.js";

const MOST = 6;
const ALIKE = 4;
const KINDS = { questions: "Key question", pledges: "Pledge", themes: "Theme", powers: "Power", councils: "Council" };
const home = new URL("../../../", import.meta.url);
const elsewhere = byId("elsewhere");
const places = byId("places");

/** Show what is found elsewhere, unless somebody has typed on. */
export async function showElsewhere(text, wanted, isLatest) {
  const site = text && (await fetchSite());
  await released();
  if (!isLatest()) return;
  const pages = site ? found(site.pages, wanted) : [];
  reconcile(byId("elsewhere-pages"), pages.map(item));
  setText(byId("elsewhere-number"), String(pages.length));
  elsewhere.hidden = !pages.length;
  showPlaces(site ? named(text, wanted, site.councils) : []);
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

function item({ path, title, in: whole }) {
  const [folder, name] = path.split("/");
  const kind = whole ?? (name && KINDS[folder]);
  return cached(`page ${path}`, () => {
    const link = node("a", { href: new URL(path, home) }, title);
    return node("li", {}, ...(kind ? [node("span", { class: "soft" }, `${kind}: `)] : []), link);
  });
}

/** Of the councils that were named, those without a case study; beside one, those with some, too. */
function showPlaces(councils) {
  const isMissing = councils.some(({ council }) => !council.has);
  reconcile(places, isMissing ? councils.map(line) : []);
  places.hidden = !isMissing;
}

function line({ council, isCertain }) {
  return cached(`place ${council.id} ${isCertain}`, () => (council.has ? told(council) : missing(council, isCertain)));
}

function told({ id, names, has }) {
  const number = has === 1 ? "1 case study" : `${has} case studies`;
  return node("p", {}, `${number} from `, node("a", { href: new URL(`councils/${id}/`, home) }, names[0]));
}

function missing(council, isCertain) {
  const { id, names, now } = council;
  const part = now ? `, now part of ${now.map(({ name }) => name).join(" and ")},` : "";
  const says = isCertain ? `No case study from ${names[0]}${part} yet` : `Did you mean ${names[0]}, the council?`;
  const page = node("a", { href: new URL(`councils/${id}/`, home) }, "this council");
  const form = new URL(`contribute/form/?council=${now?.[0].id ?? id}`, home);
  const add = node("a", { href: form }, "write it down");
  const first = isCertain ? "" : `No case study from there${part} yet. `;
  const about = node("p", {}, `${first}If you know of one: `, add, ". What is known of ", page, ".");
  const opened = node("details", {}, node("summary", {}, says), about);
  opened.addEventListener("toggle", () => showAlike(opened, council), { once: true });
  return opened;
}

async function showAlike(opened, council) {
  const cases = await alike(council);
  await released();
  if (!cases.length) return;
  opened.append(node("p", {}, "Case studies from councils like it:"), node("ul", {}, ...cases.map(caseItem)));
}

const councils = new Map(); // what each council's page lists

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
  const link = node("a", { href: new URL(`case-studies/${slug}/`, home) }, title);
  return node("li", {}, link, node("span", { class: "soft" }, ` ${because}`));
}
