// Fetches what the site publishes, each address once as long as the page lives. What failed is fetched anew when it is asked
// for again. Browsers keep files for minutes, past a publication: a file of another edition than the page's is fetched anew.

const PATIENCE = 30_000; // milliseconds: who waits longer is told
const folder = new URL("../../find/", import.meta.url);

/** The casebook was published anew after the page was loaded. */
export class Outdated extends Error {}

/** Make something for a key once, and once more if that failed. */
export function kept(make) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) {
      made.set(key, make(key));
      made.get(key).catch(() => made.delete(key));
    }
    return made.get(key);
  };
}

/** A file of the find page, as hooks/casebook/search.py writes it. Throws Outdated if the page's edition has gone. */
export const fetchData = kept(async (path) => {
  const { edition } = document.querySelector("[data-edition]").dataset;
  for (const cache of ["default", "reload"]) {
    const answer = await get(new URL(path, folder), cache);
    const data = answer.ok ? await answer.json() : {};
    if (data.edition === edition) return data;
  }
  throw new Outdated();
});

/** A page of the site, or null if there is none. */
export async function fetchPage(address) {
  const answer = await get(address);
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

async function get(address, cache = "default") {
  const answer = await fetch(address, { cache, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok && answer.status !== 404) throw new Error(`${answer.url}: ${answer.status}`);
  return answer;
}
