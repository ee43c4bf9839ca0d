// What a report needs of a case study, read from its page.

/** Read the answer that should be the page of this case study; throw if it is something else. */
export async function parseCase(slug, answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const numbers = [...page.querySelectorAll(".sources > li")].map((source) => source.id);
  for (const one of page.querySelectorAll(".cite a")) one.textContent = numbers.indexOf(one.hash.slice(1)) + 1;
  return {
    slug,
    title: page.querySelector(".case-head h1").textContent.trim(),
    place: words(page.querySelector(".case-head__place")),
    outcomes: [...page.querySelectorAll(".outcome:not(.outcome--done)")].map((one) => ({
      result: words(one.querySelector(".result")),
      what: cited(one.querySelector(".outcome__what"), one.querySelector(".result")),
      evidence: words(one.querySelector("dd strong")),
    })),
    done: [...page.querySelectorAll(".outcome--done > p")].map((one) => cited(one)),
    costs: fact(page, "costs"),
    effort: fact(page, "effort"),
    terms: fact(page, "terms"),
    answers: new Map(
      [...page.querySelectorAll("#answers + .answers dt")].map((term) => [
        term.querySelector("a").pathname.split("/").at(-2),
        cited(term.nextElementSibling),
      ]),
    ),
    wrong: section(page, "body-what-went-wrong"),
    powers: [...page.querySelectorAll(".facts a[href*='/powers/']")].map(words),
    sources: [...page.querySelectorAll(".sources > li")].map((one) => ({
      text: words(one),
      address: one.querySelector("a")?.getAttribute("href"),
    })),
  };
}

function words(part) {
  return part.textContent.trim().replace(/\s+/g, " ");
}

/** The words of a part, its citations as [1, 2], without another part within it. */
function cited(part, without) {
  const copy = part.cloneNode(true);
  if (without) copy.querySelector(`.${without.classList[0]}`).remove();
  for (const cite of copy.querySelectorAll(".cite")) cite.textContent = ` [${words(cite)}]`;
  return words(copy);
}

/** What stands in brief under one of the facts, line by line. */
function fact(page, name) {
  return [...page.querySelectorAll(`[data-fact="${name}"] li`)].map((one) => cited(one));
}

/** The paragraphs below a heading, up to the next one. */
function section(page, heading) {
  const found = [];
  let part = page.getElementById(heading)?.nextElementSibling;
  while (part && part.tagName !== "H2") {
    found.push(cited(part));
    part = part.nextElementSibling;
  }
  return found;
}
