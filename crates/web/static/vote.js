// A ballot without a name (R21). The serial is made and blinded here, and only the blinded one leaves this browser
// together with a code. The ballot goes out with the finished token: without cookie, code or referrer.
//
// What is kept of who is voting now goes when they are done; at a kiosk it never outlives the window. Ballots that were
// cast are in the urn (urn.js).
"use strict";

const root = document.querySelector("[data-vote]");
const id = root.dataset.vote;
const HERE = `sandan-vote-${id}`;
const kept = "kiosk" in root.dataset ? sessionStorage : localStorage;

const read = () => JSON.parse(kept.getItem(HERE) || "{}");
const write = (value) => kept.setItem(HERE, JSON.stringify(value));
const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const base64Of = (bytes) => btoa(String.fromCharCode(...bytes));
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const session = Uint8Array.from(id.replaceAll("-", "").match(/../g), (pair) => parseInt(pair, 16));
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));

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

async function reason(response) {
  const problem = await response.json().catch(() => ({}));
  return problem.detail || problem.title || String(response.status);
}

// The serial is kept before it is sent: if the answer gets lost, the same one is signed again, and another never.
async function draw(code) {
  let here = read();
  if (!here.blinded) {
    const message = join(new TextEncoder().encode("sandan/ballot/1/"), session);
    const prepared = suite().prepare(message);
    const { blindedMsg, inv } = await suite().blind(await key(), prepared);
    here = { prepared: base64Of(prepared), inv: base64Of(inv), blinded: base64Of(blindedMsg) };
    write(here);
  }
  const response = await Urn.post(`/api/v1/evaluations/${id}/tokens`, { tracking_code: code, blinded: here.blinded });
  if (!response.ok) return complain(await reason(response));
  const { signature } = await response.json();
  const prepared = bytesOf(here.prepared);
  const signed = await suite().finalize(await key(), prepared, bytesOf(signature), bytesOf(here.inv));
  const serial = prepared.slice(0, 32);
  const token = base64Of(join(session, serial, signed)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const hash = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", join(session, serial))));
  write({ token, hash });
  document.querySelector("[data-draw]").reset();
  complain("");
  next();
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

// A ballot left the urn. In the log it needs no token any more; refused, the same token can be tried with another.
async function ended(of, hash, response) {
  const here = read();
  if (of !== id || here.hash !== hash) return;
  if (response.ok) write({ hash, recorded: true });
  else complain(await reason(response));
  next();
}

function next() {
  const here = read();
  for (const place of document.querySelectorAll("[data-hash]")) place.textContent = here.hash || "";
  for (const link of document.querySelectorAll("a[data-find]")) link.href = `${link.dataset.find}#b-${here.hash}`;
  if (here.recorded) show("recorded");
  else if (here.hash && Urn.has(id, here.hash)) show("waiting");
  else if (here.token) show("ballot");
  else show("draw");
}

document.querySelector("[data-draw]").addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  button.disabled = true;
  draw(event.target.elements.code.value)
    .catch((error) => complain(String(error.message || error)))
    .finally(() => (button.disabled = false));
});

document.querySelector("[data-cast]").addEventListener("submit", (event) => {
  event.preventDefault();
  const here = read();
  const chosen = answers();
  if (!chosen.length) return complain(root.dataset.blank);
  complain("");
  Urn.put(id, here.hash, { token: here.token, answers: chosen });
  event.target.reset();
  next();
  Urn.sendAll(ended);
});

for (const button of document.querySelectorAll("[data-next]")) {
  button.addEventListener("click", () => {
    kept.removeItem(HERE);
    next();
  });
}

if (!globalThis.crypto || !crypto.subtle) show("no-crypto");
else {
  // The code comes behind the hash sign, which no server sees, and goes from the address at once.
  if (location.hash.length > 1) {
    document.querySelector("[data-draw]").elements.code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  next();
  Urn.sendAll(ended);
}
