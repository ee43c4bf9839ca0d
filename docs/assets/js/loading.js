// What is fetched may come late, or not at all, or be something else, as a network's login page is.

const PATIENCE = 10_000; // milliseconds until another try is offered; what comes later than that is taken all the same

export class Loading {
  state = "loading"; // then "here", with a value, or "failed"
  tries = 0;

  /** Fetch the address and read the answer; call `changed` with each new state. What `read` throws at has failed. */
  constructor(address, read, changed) {
    Object.assign(this, { address, read, changed });
    this.fetch("default");
  }

  again() {
    this.become("loading");
    this.fetch("reload");
  }

  async fetch(cache) {
    const mine = ++this.tries;
    const fail = () => mine === this.tries && this.become("failed");
    const timer = setTimeout(fail, PATIENCE);
    try {
      const answer = await fetch(this.address, { cache });
      if (!answer.ok) throw new Error(answer.status);
      const value = await this.read(answer);
      this.value ??= value;
      this.become("here");
    } catch {
      fail();
    } finally {
      clearTimeout(timer);
    }
  }

  become(state) {
    if (this.state === "here" || this.state === state) return;
    this.state = state;
    this.changed();
  }
}
