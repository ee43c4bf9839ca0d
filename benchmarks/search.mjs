// How many of tests/corpus/queries.yml each search engine answers with a wanted case study among the first three:
// `make bench-search`. Each gets the texts of the case studies as they were contributed; ours, the site that is built.

import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [site, queries] = process.argv.slice(2);
const require = createRequire(new URL("npm/package.json", import.meta.url));
const cases = fs.readdirSync(path.join(site, "case-studies")).filter((name) => name.endsWith(".md"));
const texts = cases.map((name) => {
  const text = fs.readFileSync(path.join(site, "case-studies", name), "utf8");
  return { id: path.parse(name).name, title: text.match(/^title: "?(.*?)"?$/m)[1], text };
});
const asked = require("js-yaml").load(fs.readFileSync(queries, "utf8"));

/** Anything fetched comes from the site's folder, as from its server. */
globalThis.fetch = async (address) => {
  const file = decodeURIComponent(new URL(address).pathname);
  if (!fs.existsSync(file)) return new Response("", { status: 404 });
  return new Response(fs.readFileSync(file));
};

function lunr() {
  const index = require("lunr")(function () {
    this.ref("id");
    this.field("title", { boost: 8 });
    this.field("text");
    for (const one of texts) this.add(one);
  });
  return (text) => index.search(text.replace(/[+:~^*-]/g, " ")).map(({ ref }) => ref);
}

function miniSearch() {
  const MiniSearch = require("minisearch");
  const index = new MiniSearch({ fields: ["title", "text"], searchOptions: { boost: { title: 8 }, fuzzy: 0.2, prefix: true } });
  index.addAll(texts);
  return (text) => index.search(text).map(({ id }) => id);
}

async function pagefind() {
  const { createIndex } = await import(new URL("npm/node_modules/pagefind/lib/index.js", import.meta.url).href);
  const { index } = await createIndex({});
  for (const { id, title, text } of texts) {
    await index.addCustomRecord({ url: `/${id}/`, content: `${title}\n${text}`, language: "en", meta: { title } });
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pagefind-"));
  await index.writeFiles({ outputPath: folder });
  globalThis.window = { location: { origin: "file://" } };
  const engine = await import(pathToFileURL(path.join(folder, "pagefind.js")).href);
  await engine.options({ basePath: `file://${folder}/` });
  return async (text) => {
    const { results } = await engine.search(text);
    const first = await Promise.all(results.slice(0, 3).map((one) => one.data()));
    return first.map(({ url }) => url.split("/").at(-2));
  };
}

async function ours() {
  const html = fs.readFileSync(path.join(site, "find", "index.html"), "utf8");
  const edition = html.match(/data-edition="(\w+)"/)[1];
  globalThis.document = { querySelector: () => ({ dataset: { edition } }) };
  const script = html.match(/id="script" src="([^"]+)"/)[1];
  const { rank } = await import(pathToFileURL(path.join(site, "find", path.dirname(script), "ranking.js")).href);
  const list = html.slice(html.indexOf('id="found"'));
  const slugs = [...list.matchAll(/card__title"><a href="\.\.\/case-studies\/([^/]+)\//g)].map(([, slug]) => slug);
  return async (text) => {
    const scores = [...((await rank(text)).scores ?? [])];
    return scores.sort(([a, one], [b, other]) => other - one || a - b).map(([number]) => slugs[number]);
  };
}

for (const [name, make] of Object.entries({ lunr, MiniSearch: miniSearch, Pagefind: pagefind, "The casebook": ours })) {
  const search = await make();
  let found = 0;
  for (const { text, wanted } of asked) {
    const first = (await search(text)).slice(0, 3);
    if (first.some((id) => wanted.includes(id))) found++;
  }
  console.log(`${name.padEnd(14)} ${found} of ${asked.length} (${((100 * found) / asked.length).toFixed(1)} in 100)`);
}
process.exit();
