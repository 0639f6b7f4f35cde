// A kiosk forgets who stood before it: back to the start when nobody has touched it for a while.
"use strict";
const start = document.body.dataset.start;
const seconds = Number(document.body.dataset.idle || 60);
if (start) {
  let timer;
  const rewind = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const form of document.forms) form.reset();
      window.location.replace(start);
    }, seconds * 1000);
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, rewind, { passive: true });
  rewind();
}
