// A backup of what is stored. Chromium writes its localStorage many seconds late: a browser that is killed, or a battery
// that runs out, takes what was typed last. The backup is on the disk at once, but can't be read before the page goes on.

const NAME = "copies";

/** Give `use` the backups. Where the browser has none, nothing happens. */
function open(use) {
  const opening = indexedDB.open("localism-casebook");
  opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
  opening.onsuccess = ({ target: { result } }) => {
    use(result.transaction(NAME, "readwrite", { durability: "strict" }).objectStore(NAME));
    result.close(); // as soon as that is done: browsers may keep no page with an open one for Back
  };
}

export function write(key, copy) {
  open((copies) => copies.put(copy, key));
}

/** Call `found` with the copy, if there is one. */
export function read(key, found) {
  open((copies) => {
    copies.get(key).onsuccess = ({ target: { result } }) => result && found(result);
  });
}
