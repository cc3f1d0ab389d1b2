// What was typed, kept in this browser: one entry for each window, until the server has stored it.
"use strict";
{
  const PREFIX = "copy:";
  const DAYS = 30 * 24 * 60 * 60 * 1000;

  function read(key) {
    try {
      const entry = JSON.parse(localStorage.getItem(PREFIX + key));
      return entry && typeof entry === "object" ? { ...entry, key } : null;
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof DOMException) return null;
      throw error;
    }
  }

  function keys() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
    } catch (error) {
      if (error instanceof DOMException) return [];  // the browser keeps nothing for this site
      throw error;
    }
  }

  const all = () => keys().map(read).filter(Boolean);
  const isSafe = (entry) => entry.acknowledged >= entry.sequence;

  function write(key, entry) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(entry));
      return true;
    } catch (error) {
      if (error instanceof DOMException) return false;
      throw error;
    }
  }

  // Returns whether the browser has it. When it is full, what the server has makes room, the oldest first.
  function put(key, entry) {
    if (write(key, entry)) return true;
    const safe = all().filter((old) => old.key !== key && isSafe(old)).sort((a, b) => a.at - b.at);
    return safe.some((old) => { drop(old.key); return write(key, entry); });
  }

  function drop(key) {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }

  function acknowledge(key, sequence) {
    const entry = read(key);
    if (!entry || !(sequence > entry.acknowledged)) return;
    const { key: _key, ...rest } = entry;
    write(key, { ...rest, acknowledged: sequence });
  }

  // Old entries that the server has are forgotten; what only this browser has stays.
  function prune() {
    all().filter((entry) => isSafe(entry) && Date.now() - entry.at > DAYS).forEach((entry) => drop(entry.key));
  }

  window.copyStore = { read, all, put, drop, acknowledge, prune };
}
