// What is fetched may be late, fail, or be something else, such as a login page. Browsers cache files past a publication: one
// of another edition than the page's is fetched anew.

import { setText } from "../dom/elements.js";

const PATIENCE = 10_000; // milliseconds until another try is offered; what comes later than that is taken all the same
const SAID = { loading: "is loading …", late: "takes long to load.", failed: "could not be loaded." };

/** The casebook was published anew after the page was loaded. */
export class Outdated extends Error {}

/** What is fetched, as often as somebody tries. */
export class Loading extends EventTarget {
  state = "loading"; // then "here", with a value; or "late", "failed" or "outdated", and another try should be offered
  tries = 0;

  /** `get` fetches the value, given fetch()'s option "cache". Call `changed` with each new state. */
  constructor(get, changed) {
    super();
    this.get = get;
    this.addEventListener("change", changed);
    this.try("default");
  }

  again() {
    this.try("reload");
    this.become("loading");
  }

  async try(cache) {
    const mine = ++this.tries;
    const end = (state) => mine === this.tries && this.become(state);
    const timer = setTimeout(end, PATIENCE, "late");
    try {
      const value = await this.get(cache).catch((error) => {
        if (error instanceof Outdated && cache === "default") return this.get("reload");
        throw error;
      });
      this.value ??= value;
      this.become("here");
    } catch (error) {
      end(error instanceof Outdated ? "outdated" : "failed");
    } finally {
      clearTimeout(timer);
    }
  }

  become(state) {
    if (this.state === "here" || this.state === state) return;
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }

  /** The value, as soon as it is here. Throws this as soon as another try should be offered. */
  async settled() {
    while (this.state === "loading") await this.changed();
    if (this.state === "here") return this.value;
    throw this;
  }

  /** The value, however often somebody has to try. */
  async eventually() {
    while (this.state !== "here") await this.changed();
    return this.value;
  }

  changed() {
    return new Promise((resolve) => this.addEventListener("change", resolve, { once: true }));
  }

  /** How it stands, in words; none if it is here. */
  said(what) {
    if (this.state === "outdated") return "The casebook was updated after this page was loaded.";
    return this.state === "here" ? "" : `${what} ${SAID[this.state]}`;
  }

  /** Let the button try again, if there is reason to. If not, whoever has the focus on it goes on at `next`. */
  offer(button, next, again = () => this.again(), reload = () => location.reload()) {
    const isOld = this.state === "outdated";
    const isIdle = this.state === "here" || (this.state === "loading" && this.tries === 1);
    if (isIdle && document.activeElement === button) next.focus();
    setText(button, isOld ? "Load the page again" : "Try again");
    button.onclick = isOld ? reload : again;
    button.hidden = isIdle;
  }
}

/** The answer from an address. That there is nothing at it (404) is for the caller to judge. */
export async function request(address, cache) {
  const answer = await fetch(address, { cache });
  if (!answer.ok && answer.status !== 404) throw new Error(`${answer.url}: ${answer.status}`);
  return answer;
}

export async function fetchJson(address, cache) {
  return (await request(address, cache)).json();
}

const folder = new URL("../../../find/", import.meta.url);
const files = new Map(); // of the find page, by path, as hooks/casebook/exports/search_index.py writes them

/** A file of the find page. Throws its Loading if another try should be offered. */
export function fetchData(path) {
  if (!files.has(path)) files.set(path, new Loading((cache) => readData(path, cache)));
  return files.get(path).settled();
}

/** Try again the files that are in one of these states. */
export function retry(...states) {
  for (const file of files.values()) if (states.includes(file.state)) file.again();
}

async function readData(path, cache) {
  const { edition } = document.querySelector("[data-edition]").dataset;
  const answer = await request(new URL(path, folder), cache);
  const data = answer.ok ? await answer.json() : {};
  if (data.edition !== edition) throw new Outdated();
  return data;
}
