// The draft as a page, of text nodes only: what is contributed never becomes HTML here.

import { whole } from "./schema-errors.js";

/** An element of a kind with children: texts or elements. */
function make(kind, ...children) {
  const made = document.createElement(kind);
  made.append(...children);
  return made;
}

const PLACED = "title summary councils period outcomes questions pledges updates sources".split(" ");

/** Render the draft into the place. `name` gives a term's or choice's name by its id. */
export function renderPreview(place, { front, body }, { schema, headings, name }) {
  const said = (value, node) => words(value, node, schema, name);
  const rest = Object.keys(schema.properties).filter((key) => key in front && !PLACED.includes(key));
  const ids = Object.keys(front.sources ?? {});
  const numbered = (text) =>
    text.replace(/\[\^([^\]\s]+)\]/g, (typed, id) => (ids.includes(id) ? `[${ids.indexOf(id) + 1}]` : typed));
  const { from = "…", to } = front.period ?? {};
  const councils = (front.councils ?? []).map((id) => name("councils", id)).join(", ");
  place.replaceChildren(
    make("h3", front.title ?? "A title"),
    make("p", [councils, to ? `${from} to ${to}` : `from ${from}`].filter(Boolean).join(" · ")),
    make("p", front.summary ?? ""),
    ...rest.map((key) => {
      const node = schema.properties[key];
      return make("p", make("strong", `${node.title}: `), said(front[key], node));
    }),
    ...part(
      "Did it work?",
      (front.outcomes ?? []).map((one) => outcome(one, schema.$defs.outcome, said, name)),
    ),
    ...headings.flatMap((heading) => part(heading, paragraphs(numbered(body[heading] ?? "")))),
    ...part("What it answers", answers(front.questions, "questions", "answer", name)),
    ...part("Pledges it carries out", answers(front.pledges, "pledges", "how", name)),
    ...part(
      "What happened next",
      (front.updates ?? []).map(({ date = "", text = "" }) => make("p", `${date}: ${text}`)),
    ),
    ...part("Sources", [
      make("ol", ...Object.values(front.sources ?? {}).map((one) => make("li", said(one, schema.$defs.source)))),
    ]),
  );
}

const part = (heading, content) => (content.length ? [make("h4", heading), ...content] : []);

const paragraphs = (text) => (text ? text.split(/\n{2,}/).map((one) => make("p", one)) : []);

const outcome = ({ what = "", result = "", sources, id, ...rest }, node, said, name) =>
  make("p", make("strong", `${name("result", result)}: `), what, ` (${said(rest, node)})`);

const answers = (given, facet, key, name) =>
  Object.entries(given ?? {}).map(([id, one]) => make("p", make("strong", `${name(facet, id)}. `), one[key] ?? ""));

/** What a value says: titles for ids, and all that is in a list or a group. */
function words(value, given, schema, name) {
  const node = whole(given, schema);
  const each = (one, inner) => words(one, inner, schema, name);
  if (Array.isArray(value)) return value.map((one) => each(one, node.items)).join(", ");
  if (node.properties) {
    return Object.keys(value)
      .map((key) => each(value[key], node.properties[key]))
      .join(". ");
  }
  return node.oneOf ? name(given.$ref.replace("#/$defs/", ""), value) : value;
}
