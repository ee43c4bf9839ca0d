// Whether a mouse button or a finger is down: what moves under it now is not clicked.

let isPressed = false;
const waiting = [];

addEventListener("pointerdown", () => (isPressed = true), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release), true); // after the click

function release() {
  isPressed = false;
  for (const go of waiting.splice(0)) go();
}

/** As soon as nothing is pressed, parts of the page may come and go above others. */
export function released() {
  return isPressed ? new Promise((resolve) => waiting.push(resolve)) : undefined;
}
