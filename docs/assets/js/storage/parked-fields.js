// Parts of what somebody wrote that have no place on the page any more, as when a question is gone. They are shown in a box,
// kept and saved with the rest, until the reader throws them away.

import { byId, setText } from "../dom/elements.js";
import { copy } from "../export/download.js";

export class ParkedFields {
  items = []; // {field, text}

  /** `onDiscard` is called with what brings them back. */
  constructor(onDiscard) {
    byId("parked-copy").addEventListener("click", async () => {
      const isCopied = await copy(byId("parked-text").value, byId("parked-text"));
      byId("parked-text").hidden = false;
      setText(
        byId("parked-said"),
        isCopied ? "Copied." : "The browser does not let this page copy. Copy the selected text.",
      );
    });
    byId("parked-away").addEventListener("click", () => {
      const before = this.items;
      this.show([]);
      onDiscard(() => {
        this.show(before);
        return byId("parked-text");
      });
    });
  }

  show(items) {
    this.items = items;
    byId("parked").hidden = items.length === 0;
    byId("parked-text").value = items.map(({ field, text }) => `${field}: ${text}`).join("\n\n");
    setText(byId("parked-paper"), byId("parked-text").value);
    setText(byId("parked-said"), "");
  }

  /** As a part of what is saved; nothing if nothing is parked. */
  get saved() {
    return this.items.length ? { parked: this.items } : {};
  }
}
