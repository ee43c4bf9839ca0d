// Restores where in a list of cards somebody left the page by a link. Kept in the browser's history.

let place = history.state;

/** Note each leaving, with what `more` tells. A page from the back/forward cache is only scrolled. */
export function trackScroll(list, more) {
  document.addEventListener("click", (event) => leave(event, list, more));
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    place = history.state;
    restoreScroll(list);
  });
}

function leave(event, list, more) {
  const link = event.target.closest("a");
  if (!link || link.pathname === location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isInView = (each) => each.getBoundingClientRect().bottom > 0;
  const card = link.closest(".card") ?? [...list.children].find(isInView);
  if (!card) return;
  history.scrollRestoration = "manual"; // the browser would look for the place before the cards are there
  const { top } = card.getBoundingClientRect();
  history.replaceState(
    { ...more(), top, address: addressOf(card), isFocused: card.contains(document.activeElement) },
    "",
  );
}

/** Scroll there, once, if the card is there. */
export function restoreScroll(list) {
  const card = place?.address && [...list.children].find((each) => addressOf(each) === place.address);
  if (card) {
    scrollBy({ top: card.getBoundingClientRect().top - place.top, behavior: "instant" });
    if (place.isFocused) card.querySelector("a").focus({ preventScroll: true });
  }
  place = null;
  history.scrollRestoration = "auto";
}

function addressOf(card) {
  return card.querySelector("a").pathname;
}
