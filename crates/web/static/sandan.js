// Small conveniences; every page works without them.
"use strict";

// A button that prints, or copies a code, is of no use without scripts: it waits hidden.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

// Filters apply as soon as they are chosen.
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// A form goes off once. Its key makes a second sending harmless; this spares the wait.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// The first wrong field gets the focus.
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) wrong.focus();

// An open account menu closes when something else is touched.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Lists on a wall that are longer than their place turn their pages, and so do charts in cards: which page is shown follows
// from the time alone, so that a fresh list goes on where the old one was.
const TURN_EVERY_MS = 8000;
const gapOf = (place) => parseFloat(getComputedStyle(place).rowGap) || 0;
const pagesOf = (list) => {
  const pages = [];
  let used = Infinity;
  let last = null;
  for (const row of list.querySelectorAll("li")) {
    const card = row.closest(".card");
    // A card takes its frame and its heading on every page on which it has a row.
    const frame = card ? card.offsetHeight - row.parentElement.offsetHeight + gapOf(list) : 0;
    const height = row.offsetHeight + gapOf(row.parentElement);
    const begins = card !== last ? frame : 0;
    if (used + begins + height > list.clientHeight && (used > 0 || !pages.length)) {
      pages.push([]);
      used = frame;
    } else {
      used += begins;
    }
    pages[pages.length - 1].push(row);
    used += height;
    last = card;
  }
  return pages;
};
const turn = () => {
  for (const list of document.querySelectorAll("[data-turn]")) {
    const cards = list.querySelectorAll(".card");
    for (const part of [...cards, ...list.querySelectorAll("li")]) part.hidden = false;
    const pages = pagesOf(list);
    const shown = pages.length > 1 ? Math.floor(Date.now() / TURN_EVERY_MS) % pages.length : 0;
    pages.forEach((page, nth) => page.forEach((row) => { row.hidden = nth !== shown; }));
    for (const card of cards) card.hidden = !card.querySelector("li:not([hidden])");
    const label = list.closest(".wall-list")?.querySelector("[data-pages]");
    if (label) label.textContent = pages.length > 1 ? `${shown + 1} / ${pages.length}` : "";
  }
};
if (document.querySelector("[data-turn]")) {
  turn();
  setInterval(turn, 1000);
  document.addEventListener("htmx:afterSettle", turn);
  window.addEventListener("resize", turn);
}
