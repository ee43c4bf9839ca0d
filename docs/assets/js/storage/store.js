// One text for each key, in this browser. Every tab may change it, and a browser may refuse to store anything.

import * as backup from "./backup.js";

const PROBE = "localism-casebook:probe";

/** What is wrong with a text that was stored or opened, in a reader's words. */
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
  #lastRead = null; // what this tab read or wrote last
  #unwritten; // what was written last, where the browser refused to store it

  constructor(key) {
    this.key = key;
  }

  /** Read what is stored: a text, or null. Where the browser refused to store one, it is that one. */
  read() {
    this.#lastRead = this.#stored();
    return this.#unwritten === undefined ? this.#lastRead : this.#unwritten;
  }

  /** Read what is stored, though the browser refused what was written last. */
  readStored() {
    this.#unwritten = undefined;
    return this.read();
  }

  /** Whether another tab has changed what is stored since this one read it. */
  isStale() {
    return this.#stored() !== this.#lastRead;
  }

  /** Whether nothing is stored. */
  isEmpty() {
    return this.#stored() === null;
  }

  /** Store a text in place of what is stored; null is nothing. */
  write(text) {
    const number = this.#version() + 1;
    const isKept = this.#set(text, number);
    if (isKept) attempt(() => backup.write(this.key, { text, number }));
    if (isKept) this.#lastRead = text;
    this.#unwritten = isKept ? undefined : text;
  }

  /** Whether the browser stores what is written here. */
  isWritable() {
    const canKeep = attempt((storage) => {
      storage.setItem(PROBE, "");
      storage.removeItem(PROBE);
      return true;
    });
    return this.#unwritten === undefined && Boolean(canKeep);
  }

  /**
   * Call `changed` when another tab has changed what is stored, or may have while this page slept; and when the backup is
   * later.
   */
  subscribe(changed) {
    const restore = ({ text, number }) => number > this.#version() && this.#set(text, number) && changed();
    attempt(() => backup.read(this.key, restore));
    addEventListener("storage", ({ key }) => (key === this.key || key === null) && changed());
    addEventListener("pageshow", ({ persisted }) => persisted && changed());
  }

  #stored() {
    return attempt((storage) => storage.getItem(this.key)) ?? null;
  }

  /** How often something was written here. */
  #version() {
    return Number(attempt((storage) => storage.getItem(`${this.key}:number`)));
  }

  /** Returns whether the browser stores it. A browser that is killed may write the first alone: not the number. */
  #set(text, number) {
    return attempt((storage) => {
      if (text === null) storage.removeItem(this.key);
      else storage.setItem(this.key, text);
      storage.setItem(`${this.key}:number`, number);
      return true;
    });
  }
}
