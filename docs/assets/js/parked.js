// Parts of what somebody wrote that have no place on the page any more, as when a question is gone. They are shown in a box,
// kept and saved with the rest, until the reader throws them away.

import { copy } from "./files.js";
import { say } from "./nodes.js";

const at = (id) => document.getElementById(id);

export class Parked {
  items = []; // {field, text}

  /** `thrownAway` is called with what brings them back. */
  constructor(thrownAway) {
    at("parked-copy").addEventListener("click", async () => {
      const isCopied = await copy(at("parked-text").value, at("parked-text"));
      at("parked-text").hidden = false;
      say(at("parked-said"), isCopied ? "Copied." : "The browser does not let this page copy. Copy the selected text.");
    });
    at("parked-away").addEventListener("click", () => {
      const before = this.items;
      this.show([]);
      thrownAway(() => {
        this.show(before);
        return at("parked-text");
      });
    });
  }

  show(items) {
    this.items = items;
    at("parked").hidden = items.length === 0;
    at("parked-text").value = items.map(({ field, text }) => `${field}: ${text}`).join("\n\n");
    say(at("parked-paper"), at("parked-text").value);
    say(at("parked-said"), "");
  }

  /** As a part of what is saved; nothing if nothing is parked. */
  get saved() {
    return this.items.length ? { parked: this.items } : {};
  }
}
