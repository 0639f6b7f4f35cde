// The urn of this browser (R21): ballots that were cast and are not in the log yet, each in a place of its own by the hash
// of its token. It has tokens and answers and nothing else, and takes them up in the order of the hashes, which is chance:
// several people can vote in one browser, and what waits says neither who nor when. Nothing in it is ever replaced, whatever
// other tabs do. A ballot goes out without cookie, code or referrer, again and again until it is in the log, and then it is
// gone from here.
"use strict";

const Urn = (() => {
  const PREFIX = "sandan-urn-";
  const AGAIN_AFTER_MS = 10_000;
  const PADDED_TO_BYTES = 4_096;
  const HASH_LENGTH = 64;
  let timer;

  const keyOf = (id, hash) => `${PREFIX}${id}-${hash}`;
  // Where vote.js keeps how far somebody is.
  const personOf = (id, hash) => `sandan-vote-${id}-${hash}`;
  const read = (id, hash) => JSON.parse(localStorage.getItem(keyOf(id, hash)) || "null");

  const waiting = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => ({ id: key.slice(PREFIX.length, -HASH_LENGTH - 1), hash: key.slice(-HASH_LENGTH) }))
      .sort((one, other) => (one.hash < other.hash ? -1 : 1));

  function post(path, body, anonymous) {
    return fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
      body: JSON.stringify(body),
      credentials: anonymous ? "omit" : "same-origin",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    });
  }

  // All ballots are equally long on the line, as far as a few kilobytes go.
  function padded(ballot) {
    const length = new TextEncoder().encode(JSON.stringify({ ...ballot, padding: "" })).length;
    const missing = (PADDED_TO_BYTES - (length % PADDED_TO_BYTES)) % PADDED_TO_BYTES;
    return { ...ballot, padding: " ".repeat(missing) };
  }

  const codeOf = (response) => response.clone().json().then((problem) => problem.code, () => "");

  // Whether the published list has it. All of the list is read: which one is looked for is told to nobody.
  async function isListed(id, hash) {
    let cursor = "";
    do {
      const path = `/api/v1/evaluations/${id}/ballots?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const response = await fetch(path, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" });
      if (!response.ok) return false;
      const list = await response.json();
      if (list.items.some((ballot) => ballot.token === hash)) return true;
      cursor = list.next_cursor;
    } while (cursor);
    return false;
  }

  // Sends one ballot. One that is in the log, or never can be, leaves the urn, and whoever looks on is told.
  async function send(id, hash, ended) {
    const ballot = read(id, hash);
    if (!ballot) return;
    const response = await post(`/api/v1/evaluations/${id}/ballots`, padded(ballot), true);
    if (response.status === 202 || response.status === 503) return;
    // Its token was used, and nobody but this browser has it: another tab cast it, and that ballot waits like this one.
    const isUsed = response.status === 409 && (await codeOf(response)) === "evaluation-token-used";
    if (isUsed && !(await isListed(id, hash))) return;
    const isRecorded = response.ok || isUsed;
    if (isRecorded || [404, 409, 422].includes(response.status)) {
      localStorage.removeItem(keyOf(id, hash));
      // In the log it needs no token any more; refused, the same token can be tried with another.
      const person = isRecorded ? { recorded: true } : { token: ballot.token };
      if (localStorage.getItem(personOf(id, hash))) localStorage.setItem(personOf(id, hash), JSON.stringify(person));
    }
    await ended?.(id, hash, isRecorded ? null : response, ballot);
  }

  async function sendAll(ended) {
    for (const { id, hash } of waiting()) await send(id, hash, ended).catch(() => {});
    sendLater(ended);
  }

  // Once for all who ask.
  function sendLater(ended) {
    clearTimeout(timer);
    if (waiting().length) timer = setTimeout(() => sendAll(ended), AGAIN_AFTER_MS);
  }

  return {
    post,
    sendAll,
    sendLater,
    has: (id, hash) => Boolean(read(id, hash)),
    // Whether it was put in: a ballot without a name is final, and the one that is there stays.
    put: (id, hash, ballot) => {
      if (read(id, hash)) return false;
      localStorage.setItem(keyOf(id, hash), JSON.stringify(ballot));
      return true;
    },
  };
})();
