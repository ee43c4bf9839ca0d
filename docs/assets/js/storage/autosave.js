// Saves what is written on a page into a Store, and says in a bar whether it is saved. What another tab has written is only
// overwritten if the reader says so, and whatever replaces or removes something can be undone.

import { byId, setText } from "../dom/elements.js";
import { download } from "../export/download.js";
import { MAX_BYTES } from "./deserialise.js";
import { Fault } from "./store.js";

const bar = byId("keeping");
const { noun } = bar.dataset;

export class Autosave {
  #undos = []; // each brings back what was replaced or taken away, the last one last, and returns what undoes that, if anything
  #redos = [];
  #fault = ""; // what is wrong with the text that is kept
  #isDirty = false; // whether something was written since the kept text was shown
  #exported; // the text that was saved as a file

  /**
   * `text` tells what stands on the page, or null; `show` shows such a text, or throws a Fault and does nothing. `prefill` shows
   * what else a page begins with than what is kept; `convert` makes such a text of one from elsewhere, or throws a Fault.
   */
  constructor(store, { text, show, prefill = () => {}, convert = (other) => other }) {
    Object.assign(this, { store, text, show, prefill, convert });
    store.subscribe(() => this.#sync());
    byId("undo").addEventListener("click", () => this.#go(this.#undos, this.#redos));
    addEventListener("keydown", handleUndoKey);
    byId("redo").addEventListener("click", () => this.#go(this.#redos, this.#undos));
    byId("mine").addEventListener("click", () => this.#overwrite());
    byId("theirs").addEventListener("click", () =>
      this.replace(store.readStored(), `The other tab’s ${noun} is shown.`),
    );
    byId("unread").addEventListener("click", () => download(`${noun}-that-was-kept.json`, store.read()));
    new ResizeObserver(keepFocusInView).observe(bar);
    bar.hidden = false;
    this.#load();
  }

  /** Something was written. */
  save() {
    this.#isDirty = true;
    if (!this.#hasConflict()) this.store.write(this.text());
    this.#render();
  }

  /** Something was removed. `back` puts it back, and returns what is to have the focus. */
  removed(what, back) {
    this.save();
    this.#pushUndo(what, () => {
      back().focus();
      this.save();
    });
  }

  /** Show another text in place of what stands here, as if it was written. Throws a Fault, and does nothing, if it can't be shown. */
  change(text, what) {
    this.#pushUndo(what, this.#swap(text));
  }

  /** The same, unless it stands here already; as somebody asked for it, "Undo" has the focus. */
  replace(text, what) {
    if (text === this.text()) return this.#render();
    this.change(text, what);
    byId("undo").focus();
  }

  /** Let the reader choose a file to show, or drop it anywhere: a browser would leave the page for it. */
  importFrom(input) {
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
  exported() {
    this.#exported = this.text();
    this.#render();
  }

  async #open(file) {
    try {
      if (file.size > MAX_BYTES) throw new Fault(`it is too large to be a ${noun}.`);
      const text = await file.text().catch(() => {
        throw new Fault("the browser can’t read it.");
      });
      this.replace(await this.convert(text, file.name), `“${file.name}” is opened.`);
      return "";
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return error.message;
    }
  }

  /** Show what another tab has written, unless what stands here would be nowhere else: written here, or deleted there. */
  #sync() {
    if (!this.store.isStale()) return this.#render();
    this.#isDirty ||= this.store.isEmpty() && this.text() !== null;
    return this.#isDirty ? this.#render() : this.#load();
  }

  #load() {
    const had = document.activeElement;
    this.#fault = "";
    try {
      this.show(this.store.read());
      this.#isDirty = false;
      if (!had.isConnected) bar.focus();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#fault = error.message;
    }
    this.prefill();
    this.#render();
  }

  /** Whether something is kept that does not stand on this page. */
  #hasConflict() {
    return Boolean(this.#fault) || this.store.isStale();
  }

  /** Show another text. Returned is what shows again what stood here. */
  #swap(text) {
    const before = this.text();
    this.show(text);
    this.save();
    return () => {
      const undo = this.#swap(before);
      setText(byId("done"), `Your ${noun} is as it was.`);
      return undo;
    };
  }

  #overwrite() {
    const theirs = this.store.readStored();
    this.#fault = "";
    this.save();
    this.#pushUndo("Yours is kept.", () => this.#restore(theirs));
    byId("undo").focus();
  }

  /** It may be a text that can't be shown. */
  #restore(theirs) {
    try {
      const undo = this.#swap(theirs);
      setText(byId("done"), `The other ${noun} is back.`);
      return undo;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.store.write(theirs);
      this.#load();
      return undefined;
    }
  }

  /** What was undone before is not done again: it, too, can be brought back. */
  #pushUndo(what, undo) {
    setText(byId("done"), what);
    this.#undos.push(...this.#redos.splice(0), undo);
    this.#render();
  }

  /** Undo the last of these: what undoes that again goes to the others. */
  #go(from, to) {
    setText(byId("done"), "");
    const undo = from.at(-1)();
    from.pop();
    if (undo) to.push(undo);
    this.#render();
    const { activeElement: focused } = document;
    if (focused !== document.body && focused.getClientRects().length) return;
    ([byId("undo"), byId("redo")].find((button) => !button.hidden) ?? bar).focus();
  }

  #render() {
    const text = this.text();
    const hasConflict = this.#hasConflict();
    const isKept = !hasConflict && this.store.isWritable();
    setText(byId("kept"), isKept ? this.#saved() : this.#unsaved(hasConflict));
    byId("mine").hidden = !hasConflict;
    byId("theirs").hidden = !hasConflict || Boolean(this.#fault);
    byId("unread").hidden = !this.#fault;
    byId("undo").hidden = !this.#undos.length;
    byId("redo").hidden = !this.#redos.length;
    const isLosing = this.#isDirty && !isKept && text !== null && text !== this.#exported;
    window[isLosing ? "addEventListener" : "removeEventListener"]("beforeunload", preventUnload);
  }

  #saved() {
    return this.store.read() === null ? "Nothing is written yet." : bar.dataset.kept;
  }

  #unsaved(hasConflict) {
    const choose = "What you write here is not kept until you choose.";
    if (this.#fault) return `What this browser kept can’t be read: ${this.#fault} ${choose}`;
    return hasConflict ? `Another tab has changed this ${noun}. ${choose}` : bar.dataset.unkept;
  }
}

/** The bar may have grown over what has the focus. */
function keepFocusInView() {
  document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  const { activeElement: focused } = document;
  const { top, bottom } = focused.getBoundingClientRect();
  const isBeside = !bar.contains(focused) && !focused.contains(bar);
  if (isBeside && top < bar.getBoundingClientRect().bottom && bottom > 0) focused.scrollIntoView({ block: "nearest" });
}

/** Fields undo their own typing. */
function handleUndoKey(event) {
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
const preventUnload = (event) => event.preventDefault();
