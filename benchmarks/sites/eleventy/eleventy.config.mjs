import footnote from "markdown-it-footnote";

/** @returns {Record<string, object[]>} the pages of the case studies that have each term, by the term's address */
function byTerm(api) {
  const found = {};
  for (const page of api.getFilteredByTag("cases"))
    for (const facet of ["questions", "pledges", "themes", "councils"])
      for (const id of page.data[facet]) (found[`/${facet}/${id}/`] ??= []).push(page);
  return found;
}

export default function (config) {
  config.amendLibrary("md", (library) => library.use(footnote));
  config.addCollection("byTerm", byTerm);
  return { markdownTemplateEngine: false, dir: { output: "site" } };
}
