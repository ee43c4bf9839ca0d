// What somebody writes on a page is kept in a Store, and a bar that is always in view says whether it is. What another tab
// has written is never overwritten unless the reader says so, and whatever replaces or takes away something can be undone.

import { byId, say } from "../dom/elements.js";
import { download } from "../export/download.js";
import { MOST_BYTES } from "./deserialise.js";
import { Fault } from "./store.js";

const bar = byId("keeping");
const { noun } = bar.dataset;

export class Keeping {
  #undos = []; // each brings back what was replaced or taken away, the last one last, and returns what undoes that, if anything
  #redos = [];
  #fault = ""; // what is wrong with the text that is kept
  #isTouched = false; // whether something was written since the kept text was shown
  #filed; // the text that was saved as a file

  /**
   * `text` tells what stands on the page, or null; `show` shows such a text, or throws a Fault and does nothing. `prefill` shows
   * what else a page begins with than what is kept.
   */
  constructor(store, { text, show, prefill = () => {} }) {
    Object.assign(this, { store, text, show, prefill });
    store.watch(() => this.#follow());
    byId("undo").addEventListener("click", () => this.#go(this.#undos, this.#redos));
    addEventListener("keydown", pressUndo);
    byId("redo").addEventListener("click", () => this.#go(this.#redos, this.#undos));
    byId("mine").addEventListener("click", () => this.#keepMine());
    byId("theirs").addEventListener("click", () => this.replace(store.take(), `The other tab’s ${noun} is shown.`));
    byId("unread").addEventListener("click", () => download(`${noun}-that-was-kept.json`, store.see()));
    new ResizeObserver(makeRoom).observe(bar);
    bar.hidden = false;
    this.#recall();
  }

  /** Something was written: keep it. */
  keep() {
    this.#isTouched = true;
    if (!this.#isForeign()) this.store.put(this.text());
    this.#tell();
  }

  /** Something was taken away: keep the rest. `back` puts it back, and returns what is to have the focus. */
  takenAway(what, back) {
    this.keep();
    this.#canUndo(what, () => {
      back().focus();
      this.keep();
    });
  }

  /** Show another text in place of what stands here, as if it was written. Throws a Fault, and does nothing, if it can't be shown. */
  change(text, what) {
    this.#canUndo(what, this.#exchange(text));
  }

  /** The same, unless it stands here already; as somebody asked for it, "Undo" has the focus. */
  replace(text, what) {
    if (text === this.text()) return this.#tell();
    this.change(text, what);
    byId("undo").focus();
  }

  /** Let the reader choose a file to show, or drop it anywhere: a browser would leave the page for it. */
  opens(input) {
    const open = async ([file]) => {
      const fault = file && (await this.#open(file));
      byId("fault").textContent = fault && `“${file.name}” can’t be opened: ${fault} ${input.dataset.mend}`;
      input.ariaInvalid = fault ? "true" : null;
      input.value = ""; // so that the same file can be chosen again
      if (fault) input.focus();
    };
    const drag = (event) => {
      const { files, types } = event.dataTransfer;
      if (!types.includes("Files")) return;
      event.preventDefault();
      if (event.type === "drop") open(files);
    };
    input.addEventListener("change", () => open(input.files));
    for (const type of ["dragover", "drop"]) addEventListener(type, drag);
  }

  /** What stands here was saved as a file: nothing is lost by leaving. */
  filed() {
    this.#filed = this.text();
    this.#tell();
  }

  async #open(file) {
    try {
      if (file.size > MOST_BYTES) throw new Fault(`it is too large to be a ${noun}.`);
      const text = await file.text().catch(() => {
        throw new Fault("the browser can’t read it.");
      });
      this.replace(text, `“${file.name}” is opened.`);
      return "";
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return error.message;
    }
  }

  /** Show what another tab has written, unless what stands here would be nowhere else: written here, or deleted there. */
  #follow() {
    if (!this.store.isChanged()) return this.#tell();
    this.#isTouched ||= this.store.isEmpty() && this.text() !== null;
    return this.#isTouched ? this.#tell() : this.#recall();
  }

  #recall() {
    const had = document.activeElement;
    this.#fault = "";
    try {
      this.show(this.store.see());
      this.#isTouched = false;
      if (!had.isConnected) bar.focus();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#fault = error.message;
    }
    this.prefill();
    this.#tell();
  }

  /** Whether something is kept that does not stand on this page. */
  #isForeign() {
    return Boolean(this.#fault) || this.store.isChanged();
  }

  /** Show another text. Returned is what shows again what stood here. */
  #exchange(text) {
    const before = this.text();
    this.show(text);
    this.keep();
    return () => {
      const undo = this.#exchange(before);
      say(byId("done"), `Your ${noun} is as it was.`);
      return undo;
    };
  }

  #keepMine() {
    const theirs = this.store.take();
    this.#fault = "";
    this.keep();
    this.#canUndo("Yours is kept.", () => this.#bringBack(theirs));
    byId("undo").focus();
  }

  /** It may be a text that can't be shown. */
  #bringBack(theirs) {
    try {
      const undo = this.#exchange(theirs);
      say(byId("done"), `The other ${noun} is back.`);
      return undo;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.store.put(theirs);
      this.#recall();
      return undefined;
    }
  }

  /** What was undone before is not done again: it, too, can be brought back. */
  #canUndo(what, undo) {
    say(byId("done"), what);
    this.#undos.push(...this.#redos.splice(0), undo);
    this.#tell();
  }

  /** Undo the last of these: what undoes that again goes to the others. */
  #go(from, to) {
    say(byId("done"), "");
    const undo = from.at(-1)();
    from.pop();
    if (undo) to.push(undo);
    this.#tell();
    const { activeElement: focused } = document;
    if (focused !== document.body && focused.getClientRects().length) return;
    ([byId("undo"), byId("redo")].find((button) => !button.hidden) ?? bar).focus();
  }

  #tell() {
    const text = this.text();
    const isForeign = this.#isForeign();
    const isKept = !isForeign && this.store.keeps();
    say(byId("kept"), isKept ? this.#howKept() : this.#whyNot(isForeign));
    byId("mine").hidden = !isForeign;
    byId("theirs").hidden = !isForeign || Boolean(this.#fault);
    byId("unread").hidden = !this.#fault;
    byId("undo").hidden = !this.#undos.length;
    byId("redo").hidden = !this.#redos.length;
    const isLosing = this.#isTouched && !isKept && text !== null && text !== this.#filed;
    window[isLosing ? "addEventListener" : "removeEventListener"]("beforeunload", stay);
  }

  #howKept() {
    return this.store.see() === null ? "Nothing is written yet." : bar.dataset.kept;
  }

  #whyNot(isForeign) {
    const choose = "What you write here is not kept until you choose.";
    if (this.#fault) return `What this browser kept can’t be read: ${this.#fault} ${choose}`;
    return isForeign ? `Another tab has changed this ${noun}. ${choose}` : bar.dataset.unkept;
  }
}

/** The bar may have grown over what has the focus. */
function makeRoom() {
  document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  const { activeElement: focused } = document;
  const { top, bottom } = focused.getBoundingClientRect();
  const isBeside = !bar.contains(focused) && !focused.contains(bar);
  if (isBeside && top < bar.getBoundingClientRect().bottom && bottom > 0) focused.scrollIntoView({ block: "nearest" });
}

/** The keys that undo outside the fields, which undo their own typing by them. */
function pressUndo(event) {
  const isUndo =
    (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
  if (
    !isUndo ||
    byId("undo").hidden ||
    event.target.matches("textarea, input:not([type=radio], [type=checkbox], [type=file])")
  )
    return;
  event.preventDefault();
  byId("undo").click();
}

/** Browsers keep no page with this listener for Back: it is there only while something would be lost. */
const stay = (event) => event.preventDefault();
