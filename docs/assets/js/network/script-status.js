// Runs before the page's own script is here, and says if that is late or can't be loaded. Where the find page's address asks
// for something, nothing may look like the answer while the script may still come.
{
  const { what, without } = document.currentScript.dataset;
  const part = (id) => document.getElementById(id);
  const count = part("count");
  const number = count?.textContent;

  if (count && location.search.length > 1) {
    document.documentElement.classList.add("is-asked");
    count.textContent = `${what} is loading …`;
  }

  /** Keep what somebody has asked for in the meantime. The page is fetched anew: one that was kept may name scripts that have gone. */
  const loadAgain = () => {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of new FormData(part("find") ?? undefined)) {
      if (value) query[name === "text" ? "set" : "append"](name, value);
    }
    history.replaceState(null, "", `?${query}`);
    location.reload();
  };

  const tell = (words) => {
    document.documentElement.classList.remove("is-asked");
    if (count) count.textContent = number;
    part("trouble").textContent = `${what} ${words} ${without}`;
    part("again").hidden = false;
    part("again").onclick = loadAgain;
  };
  const timer = setTimeout(tell, 10_000, "takes long to load.");
  const end = ({ type, target }) => {
    if (target.id !== "script") return;
    clearTimeout(timer);
    if (type === "error") tell("could not be loaded.");
  };
  for (const type of ["load", "error"]) document.addEventListener(type, end, true);
}
