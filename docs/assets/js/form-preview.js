// The draft as a page, of text nodes only: what is contributed never becomes HTML here.

/** An element of a kind with children: texts or elements. */
function make(kind, ...children) {
  const made = document.createElement(kind);
  made.append(...children);
  return made;
}

/** Draw the draft into the place. `name` gives a term's or choice's name by its id. */
export function preview(place, { front, body }, { headings, name }) {
  const ids = Object.keys(front.sources ?? {});
  const numbered = (text) =>
    text.replace(/\[\^([^\]\s]+)\]/g, (typed, id) => (ids.includes(id) ? `[${ids.indexOf(id) + 1}]` : typed));
  const { from = "…", to } = front.period ?? {};
  const councils = (front.councils ?? []).map((id) => name("councils", id)).join(", ");
  place.replaceChildren(
    make("h3", front.title ?? "A title"),
    make("p", [councils, to ? `${from} to ${to}` : `from ${from}`].filter(Boolean).join(" · ")),
    make("p", front.summary ?? ""),
    ...part(
      "Did it work?",
      (front.outcomes ?? []).map((one) => outcome(one, name)),
    ),
    ...headings.flatMap((heading) => part(heading, paragraphs(numbered(body[heading] ?? "")))),
    ...part("What it answers", answers(front.questions, "questions", "answer", name)),
    ...part("Pledges it carries out", answers(front.pledges, "pledges", "how", name)),
    ...part(
      "What happened next",
      (front.updates ?? []).map(({ date = "", text = "" }) => make("p", `${date}: ${text}`)),
    ),
    ...part("Sources", [make("ol", ...Object.values(front.sources ?? {}).map(source))]),
  );
}

const part = (heading, content) => (content.length ? [make("h4", heading), ...content] : []);

const paragraphs = (text) => (text ? text.split(/\n{2,}/).map((one) => make("p", one)) : []);

const outcome = ({ what = "", result = "", evidence = "" }, name) =>
  make("p", make("strong", `${name("result", result)}: `), what, ` (${name("evidence", evidence)})`);

const answers = (given, facet, key, name) =>
  Object.entries(given ?? {}).map(([id, one]) => make("p", make("strong", `${name(facet, id)}. `), one[key] ?? ""));

const source = ({ title = "", publisher = "", url = "" }) => make("li", `${title}. ${publisher}. ${url}`);
