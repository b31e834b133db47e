// What somebody typed and has not saved is kept in this browser, under their own key, until it is saved or discarded.
// Signing out takes it away. Without this script, or without a store, nothing is kept and nothing else changes.
"use strict";
(() => {
  const PREFIX = "entente-typed:";
  const LONGEST = 14 * 24 * 3600 * 1000; // as long as a session lasts
  let store = null;
  try {
    store = window.localStorage;
    store.setItem(`${PREFIX}try`, "1");
    store.removeItem(`${PREFIX}try`);
  } catch (error) {
    store = null;
  }
  const keys = (start = "") => (store ? Object.keys(store).filter((key) => key.startsWith(PREFIX + start)) : []);
  const read = (key) => {
    try {
      return JSON.parse(store.getItem(PREFIX + key));
    } catch (error) {
      return null;
    }
  };
  const drop = (key) => store && store.removeItem(PREFIX + key);
  const write = (key, value) => {
    try {
      store.setItem(PREFIX + key, JSON.stringify({ ...value, at: Date.now() }));
      return true;
    } catch (error) {
      return false; // no store, or a full one
    }
  };
  for (const key of keys()) {
    const kept = read(key.slice(PREFIX.length));
    if (!kept || !(Date.now() - kept.at < LONGEST)) store.removeItem(key);
  }
  document.addEventListener("submit", (event) => {
    const whose = document.querySelector("[data-user]");
    if (!whose || !/\/logout\/$/.test(new URL(event.target.getAttribute("action") || "", location.href).pathname)) return;
    for (const key of keys(`${whose.dataset.user}:`)) store.removeItem(key);
  });
  window.unsaved = { read, write, drop };
})();
