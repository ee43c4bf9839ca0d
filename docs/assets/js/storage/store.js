// What this browser keeps for a page: one text for each key. Every tab may change it, and a browser may keep nothing at all.

import * as copies from "./backup.js";

const PROBE = "localism-casebook:probe";

/** What is wrong with a text that was kept or opened, in a reader's words. */
export class Fault extends Error {}

/** What `use` gives, or undefined where the browser refuses: its storage may be forbidden, or full. */
function attempt(use) {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}

export class Store {
  #seen = null; // what this tab read or kept last
  #unkept; // what was put last, where the browser refused to keep it

  constructor(key) {
    this.key = key;
  }

  /** Read what is kept: a text, or null. Where the browser refused to keep one, it is the text that was put last. */
  see() {
    this.#seen = this.#kept();
    return this.#unkept === undefined ? this.#seen : this.#unkept;
  }

  /** Read what the browser keeps, though it refused to keep what was put last. */
  take() {
    this.#unkept = undefined;
    return this.see();
  }

  /** Whether another tab has changed what is kept since this one read it. */
  isChanged() {
    return this.#kept() !== this.#seen;
  }

  /** Whether nothing is kept. */
  isEmpty() {
    return this.#kept() === null;
  }

  /** Keep a text in place of what is kept; null is nothing. */
  put(text) {
    const number = this.#number() + 1;
    const isKept = this.#set(text, number);
    if (isKept) attempt(() => copies.write(this.key, { text, number }));
    if (isKept) this.#seen = text;
    this.#unkept = isKept ? undefined : text;
  }

  /** Whether the browser keeps what is put here. */
  keeps() {
    const canKeep = attempt((storage) => {
      storage.setItem(PROBE, "");
      storage.removeItem(PROBE);
      return true;
    });
    return this.#unkept === undefined && Boolean(canKeep);
  }

  /**
   * Call `changed` when another tab has changed what is kept, or may have done so while this page slept; and when there is a
   * later copy than what is kept.
   */
  watch(changed) {
    const restore = ({ text, number }) => number > this.#number() && this.#set(text, number) && changed();
    attempt(() => copies.read(this.key, restore));
    addEventListener("storage", ({ key }) => (key === this.key || key === null) && changed());
    addEventListener("pageshow", ({ persisted }) => persisted && changed());
  }

  #kept() {
    return attempt((storage) => storage.getItem(this.key)) ?? null;
  }

  /** How often something was put here. */
  #number() {
    return Number(attempt((storage) => storage.getItem(`${this.key}:number`)));
  }

  /** Returns whether the browser keeps it. */
  #set(text, number) {
    return attempt((storage) => {
      storage.setItem(`${this.key}:number`, number);
      if (text === null) storage.removeItem(this.key);
      else storage.setItem(this.key, text);
      return true;
    });
  }
}
