// Takes what was found along: into the pack, as an address, or as rows of the open data.

import { byId, setText } from "../dom/elements.js";
import { copy, download } from "../export/download.js";
import { fetchData, Loading, Outdated, request, retry } from "../network/loading.js";
import { MOST, read, write } from "../pack/pack.js";

const data = new URL("../../../data/", import.meta.url);
const said = byId("taken");
let numbers = []; // of the cases found

/** These cases are found now. */
export function offerToTake(found) {
  if (String(found) !== String(numbers)) setText(said, "");
  numbers = found;
  byId("take").hidden = found.length === 0;
}

/** Do this with the slugs of the cases found, and say how it went. */
async function withSlugs(act) {
  const found = numbers;
  setText(said, "Loading …");
  retry("failed", "late");
  try {
    const { slugs } = await fetchData("slugs.json");
    setText(said, await act(found.map((number) => slugs[number])));
  } catch (error) {
    if (!(error instanceof Loading)) throw error;
    setText(said, error.said("The file"));
  }
}

function addAll(slugs) {
  const before = read();
  const fresh = slugs.filter((slug) => !before.includes(slug));
  const room = Math.max(0, MOST - before.length);
  write([...before, ...fresh.slice(0, room)]);
  const added = `${Math.min(fresh.length, room)} added to the pack`;
  return fresh.length > room ? `${added}, which is full: it holds ${MOST}.` : `${added}.`;
}

/** The rows of a table of the open data that belong to these case studies. */
async function rows(table, slugs) {
  const [head, ...records] = recordsOf(await fetchTable(table));
  const wanted = new Set(slugs);
  const kept = records.filter((record) => wanted.has(record.slice(0, record.search(/[,\r\n]/))));
  download(`${table}.csv`, ["\ufeff", head, ...kept].join(""));
  return `${kept.length} ${kept.length === 1 ? "row" : "rows"} of ${table}.csv downloaded.`;
}

const tables = new Map(); // what is fetched of each

function fetchTable(table) {
  const before = tables.get(table);
  if (["failed", "late"].includes(before?.state)) before.again();
  if (!before)
    tables.set(
      table,
      new Loading(
        (cache) => readTable(table, cache),
        () => {},
      ),
    );
  return tables.get(table).settled();
}

async function readTable(table, cache) {
  const answer = await request(new URL(`${table}.csv`, data), cache);
  if (!answer.ok) throw new Outdated();
  return answer.text();
}

/** The records of a CSV file, as they stand: a line break within quotation marks ends none. */
const recordsOf = (text) => text.match(/(?:"(?:[^"]|"")*"|[^"\n])*\n/g) ?? [];

byId("take-pack").addEventListener("click", () => withSlugs(addAll));
for (const button of byId("take").querySelectorAll("[data-table]"))
  button.addEventListener("click", () => withSlugs((slugs) => rows(button.dataset.table, slugs)));
byId("take-address").addEventListener("click", async () => {
  const isCopied = await copy(location.href, byId("address"));
  setText(said, isCopied ? "The address is copied." : "Your browser did not allow it: copy the address from here.");
});
