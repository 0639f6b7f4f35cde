// The urn of this browser (R21): ballots that were cast and are not in the log yet, each by the hash of its token. It has
// tokens and answers and nothing else, in the order of the hashes, which is chance: several people can vote in one
// browser, and what waits says neither who nor when. A ballot goes out without cookie, code or referrer, again and again
// until it is in the log, and then it is gone from here.
"use strict";

const Urn = (() => {
  const PREFIX = "sandan-urn-";
  const AGAIN_AFTER_MS = 10_000;
  const PADDED_TO_BYTES = 4_096;

  const read = (id) => JSON.parse(localStorage.getItem(PREFIX + id) || "{}");

  function write(id, ballots) {
    const sorted = Object.entries(ballots).sort(([one], [other]) => (one < other ? -1 : 1));
    if (sorted.length) localStorage.setItem(PREFIX + id, JSON.stringify(Object.fromEntries(sorted)));
    else localStorage.removeItem(PREFIX + id);
  }

  const sessions = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));

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

  // Sends one ballot. One that is in the log, or never can be, leaves the urn, and whoever looks on is told.
  async function send(id, hash, ended) {
    const ballot = read(id)[hash];
    if (!ballot) return;
    const response = await post(`/api/v1/evaluations/${id}/ballots`, padded(ballot), true);
    if (response.status === 202 || response.status === 503) return;
    if (response.ok || [404, 409, 422].includes(response.status)) {
      const ballots = read(id);
      delete ballots[hash];
      write(id, ballots);
    }
    await ended?.(id, hash, response);
  }

  async function sendAll(ended) {
    for (const id of sessions()) {
      for (const hash of Object.keys(read(id))) await send(id, hash, ended).catch(() => {});
    }
    if (sessions().length) setTimeout(() => sendAll(ended), AGAIN_AFTER_MS);
  }

  return {
    post,
    sendAll,
    has: (id, hash) => Boolean(read(id)[hash]),
    put: (id, hash, ballot) => write(id, { ...read(id), [hash]: ballot }),
  };
})();
