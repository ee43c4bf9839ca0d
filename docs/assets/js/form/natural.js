// What people write as they are used to: on leaving a box, it is replaced by what is kept, and that is said below. Where two are
// meant, that is asked there.

import { byId, node, setText } from "../dom/elements.js";
import { readDate } from "../names/dates.js";
import { meant } from "../names/meaning.js";
import { line } from "./text.js";

/** The date in words: "12 March 2019". */
export function inWords(text, { months }) {
  const [year, month, day] = text.split("-");
  const [name] = month ? months[month - 1].split(" ") : [""];
  return [day && Number(day), name.replace(/^./, (first) => first.toUpperCase()), year].filter(Boolean).join(" ");
}

export class Natural {
  #form;
  #around;
  #settled = new WeakMap(); // what stood in each box when it was last left

  /** `makePartner` makes a partner of what stands in a council's box. */
  constructor(form, around, makePartner) {
    this.#form = form;
    this.#around = around;
    // before the focus goes on: what is asked here is the next stop
    form.addEventListener("keydown", ({ key, target }) => key === "Tab" && this.#settle(target));
    form.addEventListener("focusout", ({ target }) => this.#settle(target));
    form.addEventListener(
      "input",
      ({ target, isTrusted }) => isTrusted && byId(`${target.id}-kept`)?.replaceChildren(),
    );
    form.addEventListener("click", ({ target }) => {
      const place = target.closest(".ask__kept");
      if (!place) return;
      const box = byId(place.id.replace(/-kept$/, ""));
      if ("partner" in target.dataset) return makePartner(box);
      if (!("keep" in target.dataset)) return;
      this.#put(box, target.dataset.keep);
      setText(place, `${target.textContent} is kept.`);
      box.focus();
    });
  }

  /** Whatever was not left yet. */
  settleAll() {
    for (const box of this.#form.querySelectorAll("[data-format] input, [role=combobox]")) this.#settle(box);
  }

  #settle(box) {
    const place = byId(`${box.id}-kept`);
    if (!place || this.#settled.get(box) === box.value) return;
    const typed = line(box.value);
    place.replaceChildren();
    if (typed) box.closest("[data-facet]") ? this.#term(box, typed) : this.#date(box, typed);
    this.#settled.set(box, box.value);
  }

  #date(box, typed) {
    const { format, key } = box.closest("[data-format]").dataset;
    const table = this.#around.schema.writtenDates;
    const { kept, either, isNow, isSpan } = readDate(typed, format, table, this.#around.today);
    const end = key === "from" && box.closest("[data-kind=group]").querySelector("[data-key=to] input");
    const [, year, month] = typed.match(/^(\d{4})-(\d{2})$/) ?? [];
    if (isNow && key === "to") {
      this.#put(box, "");
      this.#say(box, `“${typed}” is no end: it goes on. When a source last speaks of it goes under “Told until”.`);
    } else if (isSpan && end && !end.value) {
      this.#put(box, either[0]);
      this.#put(end, either[1]);
      this.#say(box, `“${typed}” is kept as from ${either[0]} to ${either[1]}.`);
    } else if (either) {
      const choices = either.map((one) => this.#choice(one, inWords(one, table)));
      this.#ask(box, either.length > 1 ? `Which of these is “${typed}”?` : `Is “${typed}” this?`, choices);
    } else if (kept && kept !== typed) {
      this.#put(box, kept);
      this.#say(box, `“${typed}” is kept as ${kept}${format === "year" ? "" : `: ${inWords(kept, table)}`}.`);
    } else if (month && Number(month) === (Number(year) + 1) % 100) {
      this.#say(box, `It is kept as ${inWords(typed, table)}. For the two years, write ${year}/${month}.`);
    }
  }

  #term(box, typed) {
    const { terms, schema } = this.#around;
    const { facet } = box.closest("[data-facet]").dataset;
    const found = meant(typed, terms.facets[facet], terms.generic);
    const isPartner =
      box.id.startsWith("councils-") && new RegExp(schema.properties.councils.ofPartners, "i").test(typed);
    if (found.length > 1) {
      const { label, years } = found.at(-1);
      const when = years ? ` ${label.replace(/ \(.*/, "")} was there from ${years}.` : "";
      const choices = found.map((one) => this.#choice(one.label, one.label));
      this.#ask(box, `Which ${facet === "councils" ? "council " : ""}is “${typed}”?${when}`, choices);
    } else if (found.length && found[0].label !== typed) {
      this.#put(box, found[0].label);
      this.#say(box, `“${typed}” is kept as ${found[0].label}.`);
    } else if (!found.length && isPartner) {
      const button = node("button", { type: "button", class: "button", "data-partner": "" }, "Put it under partners");
      this.#ask(box, "Parish, town and community councils are partners.", [button]);
    }
  }

  #choice(value, words) {
    return node("button", { type: "button", class: "button", "data-keep": value }, words);
  }

  #ask(box, words, buttons) {
    byId(`${box.id}-kept`).append(node("p", {}, words), ...buttons);
  }

  #say(box, words) {
    setText(byId(`${box.id}-kept`), words);
  }

  #put(box, value) {
    box.value = value;
    this.#settled.set(box, value);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
