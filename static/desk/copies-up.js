// What an earlier window kept in this browser and the server has not: sent up first, then the page opens with it.
"use strict";
if (window.copyWindow) {
  const { place, say, post } = window.copyWire;
  const { isTouched } = window.copyWindow;
  const by = Number(place.dataset.by);
  const article = Number(place.dataset.article) || null;
  const asked = new URLSearchParams(location.search).get("copy") ?? "";
  const filled = place.closest("form").querySelector("input[name=copy_continued]").value;
  const MOST = 100;
  const AGAIN = 3000;  // milliseconds until the server is asked again

  document.querySelectorAll("[data-copy-place]").forEach((part) => {
    const here = window.copyStore.read(part.dataset.copyPlace);
    part.textContent = `, ${here ? gettext("on this computer") : gettext("on another computer")}`;
  });

  async function sendUp(entry) {
    const { key, sequence, data, continued, based_on, settled, at } = entry;
    const { status } = await post(place.dataset.address, {
      key, by, sequence, data, continued, based_on, settled, article: entry.article, age: Math.max(0, Date.now() - at),
    });
    if (status === 200) window.copyStore.acknowledge(key, sequence);
    return status === 200;
  }

  // A page opens itself anew once for the words of a window; a second time it only says that there are more.
  function openWith(key) {
    const mark = `copy-opened:${key}`;
    if (!isTouched() && !sessionStorage.getItem(mark)) {
      sessionStorage.setItem(mark, "1");
      window.copyWindow.stop();
      location.reload();
      return;
    }
    const bar = document.createElement("p");
    const link = document.createElement("a");
    bar.className = "copies__bar";
    link.href = location.href;
    link.textContent = gettext("Open it");
    bar.append(gettext("This browser holds more words on this story that were never saved."), " ", link);
    place.append(bar);
  }

  const ask = (entries) => say({ held: entries.map((entry) => entry.key), asked });

  async function start() {
    window.copyStore.prune();
    const mine = window.copyStore.all().filter((entry) => entry.by === by && entry.key !== place.dataset.key);
    const entries = mine.sort((a, b) => b.at - a.at).slice(0, MOST);
    if (!entries.length) return;
    let { status, said } = await ask(entries);
    if (status !== 200) {
      setTimeout(start, AGAIN);
      return;
    }
    const sent = [];
    for (const entry of entries) {
      const there = said.held[entry.key];
      if (!there || there.sequence < entry.sequence) {
        if (await sendUp(entry)) sent.push(entry);
      } else if (there.stored) window.copyStore.drop(entry.key);
      else window.copyStore.acknowledge(entry.key, entry.sequence);
    }
    if (sent.length) ({ status, said } = await ask(entries));
    // The last message of a page that is left may arrive behind the request for the next one.
    const offered = status === 200 ? said.offers.split(":")[0] : "";
    const fresh = sent.find((entry) => !article && !asked && !entry.article && !entry.settled)?.key;
    if (offered ? said.offers !== filled && entries.some((entry) => entry.key === offered) : fresh) openWith(offered || fresh);
  }

  start();
}
