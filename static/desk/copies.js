// Keeps the form of a story while somebody types: in this browser within a second, on the server within two
// after the last key and every four of steady typing. The same message is the window's sign of life.
"use strict";
if (window.copyWire) {
  const { place, say } = window.copyWire;
  const [form, { key }] = [place.closest("form"), place.dataset];
  const LOOK = { pause: 300, most: 900, idle: 1500 };
  const SEND = { pause: 1500, most: 3500, again: 3000 };
  const BEAT = { shown: 5000, hidden: 20000 };
  const MOST_AT_LAST = 20000;  // characters; browsers let 64 KB outlive a page
  const UNKEPT = /^(csrfmiddlewaretoken|copy_\w+|_\w+)$/;

  const hidden = (name) => form.querySelector(`input[name="${name}"]`) ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  const continued = hidden("copy_continued").value;
  let sequence = Math.max(Number(place.dataset.sequence), window.copyStore.read(key)?.sequence ?? 0);
  let acknowledged = sequence;
  let local = true;
  let touched = window.typedEarly === true;
  let before = null;  // the form when it was first touched
  let last = null;
  let [stopped, left] = [false, false];
  let pending = null;
  const times = { input: 0, first: 0, look: 0, send: 0, contact: Date.now() - BEAT.shown, again: 0 };

  function collect() {
    const data = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !UNKEPT.test(name)) (data[name] ??= []).push(value);
    }
    return JSON.stringify(data);
  }

  // Looks whether the form has changed, and puts it into the browser's own store.
  function look() {
    times.look = Date.now();
    times.first = 0;
    const text = collect();
    if (stopped || text === last) return;
    last = text;
    sequence += 1;
    hidden("copy_sequence").value = sequence;
    local = window.copyStore.put(key, { ...message(), acknowledged, at: Date.now(), by: Number(place.dataset.by), article: Number(place.dataset.article) || null });
    if (!place.dataset.article && sequence === 1) history.replaceState(history.state, "", `?copy=${key}`);
  }

  const message = () => ({
    sequence, continued, data: JSON.parse(last), based_on: Number(hidden("seen").value) || 0,
    // Brought back to what is saved: nothing to offer.
    settled: !continued && place.dataset.sequence === "0" && last === before,
  });

  function hear({ status, said }, sent) {
    const details = { local, name: said.name, at: Date.now() };
    if (status === 200) {
      // Another window under the same key, which ought not to be: both go on, the later above the earlier.
      if (said.sequence > sequence) sequence = said.sequence + 1;
      else if (sent) acknowledged = Math.max(acknowledged, sent);
      if (sent) window.copyStore.acknowledge(key, sent);
      if (sent || acknowledged === sequence && sequence) window.showCopyState("saved", details);
      document.dispatchEvent(new CustomEvent("copies:answer", { detail: said }));
      if (sent) document.dispatchEvent(new CustomEvent("copy:saved", { detail: { key, sequence: sent } }));
    } else if (status === 401) window.showCopyState(said.reason, details);
    else if (status === 403) window.showCopyState("refused", details);
    else window.showCopyState(status ? "failed" : "offline", details);
    times.again = status === 200 ? 0 : Date.now() + SEND.again;
  }

  function send(options) {
    const sent = sequence > acknowledged ? sequence : 0;
    times.send = times.contact = Date.now();
    const doing = say(sent ? message() : { sequence }, options).then((answer) => { hear(answer, sent); return answer; });
    pending = doing.finally(() => { pending = null; });
    return doing;
  }

  // Sends what there is at once and resolves to the server's answer.
  async function flush(options) {
    if (pending) await pending;
    look();
    return send(options);
  }

  function tick() {
    const now = Date.now();
    const typed = times.first && (now - times.input >= LOOK.pause || now - times.first >= LOOK.most);
    if (touched && !stopped && (typed || now - times.look >= LOOK.idle)) look();
    if (stopped || pending || now < times.again) return;
    const due = sequence > acknowledged && (now - times.input >= SEND.pause || now - times.send >= SEND.most);
    if (due || now - times.contact >= (document.hidden ? BEAT.hidden : BEAT.shown)) send();
  }

  function touch(event) {
    if (!event.isTrusted || touched) return;
    touched = true;
    if (event.type !== "input" && event.type !== "change") before = last = collect();
  }

  function leave() {
    left = true;
    if (touched) look();
    if (!stopped) say({ ...(sequence > acknowledged ? message() : { sequence }), leaving: true }, { keepalive: !last || last.length < MOST_AT_LAST });
  }

  before = last = touched ? null : collect();
  hidden("copy_key").value = key;
  hidden("copy_sequence").value = sequence;
  ["beforeinput", "keydown", "pointerdown", "paste", "drop", "input", "change"].forEach((type) => document.addEventListener(type, touch, { capture: true }));
  form.addEventListener("input", () => { times.input = Date.now(); times.first ||= times.input; });
  document.addEventListener("visibilitychange", () => { if (document.hidden && touched && !left) { look(); if (!pending) send(); } });
  window.addEventListener("online", () => { times.again = 0; });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", () => { left = false; });
  window.addEventListener("beforeunload", (event) => {
    if (touched) look();
    if (sequence > acknowledged && !local) event.preventDefault();
  });
  document.dispatchEvent(new CustomEvent("copies:started"));
  setInterval(tick, 250);
  window.copyWindow = { form, flush, isTouched: () => touched, isLocal: () => local, stop: () => { stopped = true; } };
}
