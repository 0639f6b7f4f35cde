// A ballot without a name (R21). The serial is made and blinded here, and only the blinded one leaves this browser
// together with a code. The ballot goes out with the finished token: without cookie, code or referrer.
//
// Several people may vote in one browser, and in several tabs at once: each has a place of their own by the hash of their
// token, and nothing is written over. What is kept of somebody goes when they are done; at a kiosk it never outlives the
// window. Ballots that were cast are in the urn (urn.js).
"use strict";

const root = document.querySelector("[data-vote]");
const id = root.dataset.vote;
const HERE = `sandan-vote-${id}`;
const isKiosk = "kiosk" in root.dataset;
const kept = isKiosk ? sessionStorage : localStorage;
const drawing = document.querySelector("[data-draw]");
const casting = document.querySelector("[data-cast]");

const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const base64Of = (bytes) => btoa(String.fromCharCode(...bytes));
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const session = Uint8Array.from(id.replaceAll("-", "").match(/../g), (pair) => parseInt(pair, 16));
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const hashOf = async (bytes) => hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

// How far somebody is: with `token` they have drawn, with `recorded` their ballot is in the log, with neither it waits in
// the urn. `code` is a hash of theirs, by which another tab finds their token; it goes when they cast.
const person = (hash) => JSON.parse(kept.getItem(`${HERE}-${hash}`) || "null");
const keep = (hash, value) => kept.setItem(`${HERE}-${hash}`, JSON.stringify(value));
const people = () =>
  Object.keys(kept)
    .filter((key) => key.startsWith(`${HERE}-`))
    .map((key) => key.slice(HERE.length + 1))
    .filter((hash) => /^[0-9a-f]{64}$/.test(hash))
    .sort();

// Whose turn it is in this tab.
let own = null;
function take(hash) {
  if (hash !== own) casting.reset();
  own = hash;
  if (isKiosk) return;
  if (hash) sessionStorage.setItem(HERE, hash);
  else sessionStorage.removeItem(HERE);
}

// Which of the parts of the page is seen: no-crypto, draw, ballot, waiting, recorded.
function show(name) {
  for (const part of document.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== name;
}

function complain(text) {
  const place = document.querySelector("[data-complaint]");
  place.hidden = !text;
  place.querySelector("span").textContent = text || "";
  if (text) place.scrollIntoView({ block: "center" });
}

const suite = () => BlindRSA.RSABSSA.SHA384.PSS.Randomized();
const key = () =>
  crypto.subtle.importKey("spki", bytesOf(root.dataset.key), { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);

const problemOf = (response) => response.json().catch(() => ({}));
const reason = (response, problem) => problem.detail || problem.title || String(response.status);

const codeHash = (code) => {
  const bytes = new TextEncoder().encode(code.toUpperCase().replace(/[^0-9A-Z]/g, ""));
  return hashOf(join(session, bytes));
};
const drawnWith = (code) => people().find((hash) => person(hash).code === code);

// The serial is kept before it is sent: if the answer gets lost, the same one is signed again, and another never.
async function blinded(place) {
  const known = JSON.parse(kept.getItem(place) || "null");
  if (known) return known;
  const message = join(new TextEncoder().encode("sandan/ballot/1/"), session);
  const prepared = suite().prepare(message);
  const { blindedMsg, inv } = await suite().blind(await key(), prepared);
  const made = { prepared: base64Of(prepared), inv: base64Of(inv), blinded: base64Of(blindedMsg) };
  kept.setItem(place, JSON.stringify(made));
  return made;
}

async function draw(typed) {
  const code = await codeHash(typed);
  let hash = drawnWith(code);
  if (!hash) {
    const place = `${HERE}-draw-${code}`;
    const made = await blinded(place);
    const asked = { tracking_code: typed, blinded: made.blinded };
    const response = await Urn.post(`/api/v1/evaluations/${id}/tokens`, asked);
    if (!response.ok) return refused(response, place);
    const { signature } = await response.json();
    const prepared = bytesOf(made.prepared);
    const signed = await suite().finalize(await key(), prepared, bytesOf(signature), bytesOf(made.inv));
    const serial = prepared.slice(0, 32);
    const token = base64Of(join(session, serial, signed)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    hash = await hashOf(join(session, serial));
    keep(hash, { token, code });
    kept.removeItem(place);
  }
  take(hash);
  drawing.reset();
  complain("");
  next();
}

// Whoever comes back with a code whose ballot was cast here sees that ballot, if there is only one that it can be.
async function refused(response, place) {
  const problem = await problemOf(response);
  if ([403, 404].includes(response.status)) kept.removeItem(place);
  const cast = people().filter((hash) => !person(hash).token);
  const isDrawn = problem.code === "evaluation-token-drawn" && cast.length === 1;
  if (isDrawn) {
    take(cast[0]);
    next();
  }
  complain(isDrawn ? root.dataset.drawn : reason(response, problem));
}

function answers() {
  const chosen = [];
  for (const group of document.querySelectorAll("[data-subject]")) {
    const rating = group.querySelector("input[type=radio]:checked");
    if (!rating) continue;
    const reasons = Array.from(group.querySelectorAll("input[type=checkbox]:checked"), (box) => box.value);
    chosen.push({ subject: group.dataset.subject, rating: rating.value, reasons });
  }
  return chosen;
}

// A ballot left the urn, or was not taken for now. Where several tabs share what is kept, the urn has noted it.
async function ended(of, hash, response, ballot) {
  if (of !== id || !person(hash)) return;
  if (isKiosk && !Urn.has(id, hash)) keep(hash, response ? { token: ballot.token } : { recorded: true });
  if (hash === own && response) complain(reason(response, await problemOf(response)));
  next();
}

function next() {
  const here = own && person(own);
  // After the count there is nothing to draw or to cast.
  const isSaid = !document.querySelector("[data-complaint]").hidden;
  if (root.dataset.over && !here?.recorded && !(here && Urn.has(id, own)) && !isSaid) {
    return location.replace(root.dataset.over);
  }
  for (const place of document.querySelectorAll("[data-hash]")) place.textContent = own || "";
  for (const link of document.querySelectorAll("a[data-find]")) link.href = `${link.dataset.find}#b-${own}`;
  if (!here) {
    take(null);
    show("draw");
  } else if (here.recorded) show("recorded");
  else if (here.token && !Urn.has(id, own)) show("ballot");
  else show("waiting");
}

drawing.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  button.disabled = true;
  // One tab at a time: two that draw with one code get the same token.
  navigator.locks
    .request(HERE, () => draw(event.target.elements.code.value))
    .catch((error) => complain(String(error.message || error)))
    .finally(() => (button.disabled = false));
});

casting.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = answers();
  if (!chosen.length) return complain(root.dataset.blank);
  if (chosen.some(({ rating, reasons }) => reasons.length && !rating.includes("dissatisfied"))) {
    return complain(root.dataset.unasked);
  }
  complain("");
  const here = own && person(own);
  // What was cast in another tab counts, and this ballot does not go out.
  const isFirst = here?.token && Urn.put(id, own, { token: here.token, answers: chosen });
  if (isFirst) keep(own, {});
  else complain(root.dataset.first);
  casting.reset();
  next();
  Urn.sendAll(ended);
});

for (const button of document.querySelectorAll("[data-next]")) {
  button.addEventListener("click", () => {
    kept.removeItem(`${HERE}-${own}`);
    take(null);
    next();
  });
}

// Somebody else has their turn; what was drawn waits for its owner.
for (const button of document.querySelectorAll("[data-another]")) {
  button.addEventListener("click", () => {
    take(null);
    complain("");
    next();
  });
}

// The code comes behind the hash sign, which no server sees, and goes from the address at once.
async function begin() {
  const typed = location.hash.length > 1 && decodeURIComponent(location.hash.slice(1));
  if (typed) {
    drawing.elements.code.value = typed;
    history.replaceState(null, "", location.pathname + location.search);
    take(drawnWith(await codeHash(typed)) ?? null);
  } else {
    const before = isKiosk ? null : sessionStorage.getItem(HERE);
    const all = people();
    take([before, all.find((hash) => person(hash).token), all[0]].find((hash) => hash && person(hash)) ?? null);
  }
  next();
  Urn.sendAll(ended);
}

if (!globalThis.crypto || !crypto.subtle) show("no-crypto");
else {
  addEventListener("storage", () => {
    next();
    Urn.sendLater(ended);
  });
  addEventListener("pageshow", (event) => event.persisted && next());
  begin();
}
