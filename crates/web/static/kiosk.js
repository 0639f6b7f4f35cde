// A kiosk forgets who stood before it: back to the start when nobody has touched it for a while. A token that was drawn and
// not used goes with whoever drew it; ballots that were cast are sent until they are in the log (urn.js).
"use strict";
const start = document.body.dataset.start;
const isVoting = Boolean(document.querySelector("[data-vote]"));

function forget() {
  for (const kept of [sessionStorage, localStorage]) {
    for (const key of Object.keys(kept)) if (key.startsWith("sandan-vote-")) kept.removeItem(key);
  }
  for (const form of document.forms) form.reset();
}

// Reasons are asked for along with a dissatisfied answer only, and go when the answer changes.
addEventListener("change", ({ target }) => {
  if (target.name !== "rating" || target.value.includes("dissatisfied")) return;
  for (const place of document.querySelectorAll(".if-dissatisfied")) {
    for (const box of place.querySelectorAll("input")) box.checked = false;
    for (const text of place.querySelectorAll("textarea")) text.value = "";
  }
});

if (start) {
  let timer;
  const rewind = () => {
    clearTimeout(timer);
    const leave = () => {
      forget();
      window.location.replace(start);
    };
    timer = setTimeout(leave, Number(document.body.dataset.idle || 60) * 1000);
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, rewind, { passive: true });
  rewind();
  // A page that comes back from behind is not what the next one should see.
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      forget();
      window.location.replace(start);
    }
  });
  if (!isVoting) {
    forget();
    Urn.sendAll();
  }
}
