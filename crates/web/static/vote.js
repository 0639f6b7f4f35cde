// A ballot without a name (R21). The serial is made and blinded here, and only the blinded one leaves this browser
// together with a code. The ballot goes out with the finished token: without cookie, code or referrer.
//
// Two places: who is voting now (until they are done), and the urn of this browser, which holds ballots that are not in
// the log yet. The urn has tokens and answers, nothing else, so several people can vote in one browser.
"use strict";

const root = document.querySelector("[data-vote]");
const id = root.dataset.vote;
const HERE = `sandan-vote-${id}`;
const URN = `sandan-urn-${id}`;
const AGAIN_AFTER_MS = 10_000;
const PADDED_TO_BYTES = 4_096;

const read = (key) => JSON.parse(localStorage.getItem(key) || "{}");
const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));
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

async function post(path, body, anonymous) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: JSON.stringify(body),
    credentials: anonymous ? "omit" : "same-origin",
    referrerPolicy: "no-referrer",
    cache: "no-store",
  });
}

async function reason(response) {
  const problem = await response.json().catch(() => ({}));
  return problem.detail || problem.title || String(response.status);
}

// The serial is kept before it is sent: if the answer gets lost, the same one is signed again, and another never.
async function draw(code) {
  let here = read(HERE);
  if (!here.blinded) {
    const message = join(new TextEncoder().encode("sandan/ballot/1/"), session);
    const prepared = suite().prepare(message);
    const { blindedMsg, inv } = await suite().blind(await key(), prepared);
    here = { prepared: base64Of(prepared), inv: base64Of(inv), blinded: base64Of(blindedMsg) };
    write(HERE, here);
  }
  const response = await post(`/api/v1/evaluations/${id}/tokens`, { tracking_code: code, blinded: here.blinded });
  if (!response.ok) return complain(await reason(response));
  const { signature } = await response.json();
  const prepared = bytesOf(here.prepared);
  const signed = await suite().finalize(await key(), prepared, bytesOf(signature), bytesOf(here.inv));
  const serial = prepared.slice(0, 32);
  const token = base64Of(join(session, serial, signed)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const hash = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", join(session, serial))));
  write(HERE, { token, hash });
  complain("");
  next();
}

// All ballots are equally long on the line, as far as a few kilobytes go.
function padded(ballot) {
  const length = new TextEncoder().encode(JSON.stringify({ ...ballot, padding: "" })).length;
  const missing = (PADDED_TO_BYTES - (length % PADDED_TO_BYTES)) % PADDED_TO_BYTES;
  return { ...ballot, padding: " ".repeat(missing) };
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

// Sends one ballot of the urn. One that is in the log, or never can be, leaves it.
async function send(hash) {
  const ballot = read(URN)[hash];
  if (!ballot) return;
  const response = await post(`/api/v1/evaluations/${id}/ballots`, padded(ballot), true);
  if (response.status === 202 || response.status === 503) return;
  const urn = read(URN);
  const here = read(HERE);
  if (response.ok || [404, 409, 422].includes(response.status)) {
    delete urn[hash];
    write(URN, urn);
  }
  if (here.hash !== hash) return;
  if (response.ok) write(HERE, { ...here, recorded: true });
  else {
    write(HERE, { token: here.token, hash });
    complain(await reason(response));
  }
  next();
}

async function sendAll() {
  for (const hash of Object.keys(read(URN))) await send(hash).catch(() => {});
  if (Object.keys(read(URN)).length) setTimeout(sendAll, AGAIN_AFTER_MS);
}

function next() {
  const here = read(HERE);
  for (const place of document.querySelectorAll("[data-hash]")) place.textContent = here.hash || "";
  for (const link of document.querySelectorAll("a[data-find]")) link.href = `${link.dataset.find}#b-${here.hash}`;
  if (here.recorded) show("recorded");
  else if (here.hash && read(URN)[here.hash]) show("waiting");
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
  const here = read(HERE);
  const chosen = answers();
  if (!chosen.length) return complain(root.dataset.blank);
  complain("");
  write(URN, { ...read(URN), [here.hash]: { token: here.token, answers: chosen } });
  event.target.reset();
  next();
  sendAll();
});

for (const button of document.querySelectorAll("[data-next]")) {
  button.addEventListener("click", () => {
    localStorage.removeItem(HERE);
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
  sendAll();
}
