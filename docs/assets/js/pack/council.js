// The case studies that a council's own page lists, with the reason for each.

import { Outdated, request } from "../network/loading.js";

const root = new URL("../../../", import.meta.url);

/** The case studies on the council's page: of its own work, and of councils like it; and how many there are of these. */
export async function readCouncil(council, cache, own = "by this council") {
  const answer = await request(new URL(`councils/${council}/`, root), cache);
  if (!answer.ok) throw new Outdated();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const alike = page.querySelector(".alike");
  return {
    total: page.querySelectorAll(".card").length + Number(alike?.dataset.total ?? 0),
    cases: [
      ...[...page.querySelectorAll(".card")].map((card) => found(card, own)),
      ...[...(alike?.children ?? [])].map((one) => found(one, one.querySelector(".soft").textContent)),
    ],
  };
}

function found(part, because) {
  const link = part.querySelector("a");
  return { slug: link.getAttribute("href").split("/").at(-2), title: link.textContent, because };
}
