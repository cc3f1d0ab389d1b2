// The reader's tools: text size, the print link that carries it, share, print. Loaded with «defer».
(() => {
  const USUAL = 1;
  const LAST = 4;
  const SHOWN = 4000;
  const root = document.documentElement;
  const status = document.querySelector("[data-status]");
  const sizes = [...document.querySelectorAll("[data-size]")];
  const printLink = document.querySelector("[data-print-link]");
  const share = document.querySelector("[data-share]");
  const print = document.querySelector("[data-print]");
  let timer = 0;

  function say(words) {
    if (!status) return;
    clearTimeout(timer);
    status.textContent = words;
    timer = setTimeout(() => { status.textContent = ""; }, SHOWN);
  }

  function current() {
    return Number(root.dataset.step ?? USUAL);
  }

  function keep(step) {
    root.dataset.step = step;
    try {
      localStorage.setItem("text-step", step);
    } catch {
      // Storage is switched off: the size holds for this page.
    }
  }

  // Shows in the buttons and in the print link what size there is.
  function settle() {
    const step = current();
    for (const button of sizes) {
      const next = step + Number(button.dataset.size);
      const off = next < 0 || next > LAST;
      // A disabled button drops the focus; the other one takes it over.
      if (off && document.activeElement === button) sizes.find((other) => other !== button)?.focus();
      button.disabled = off;
    }
    if (!printLink) return;
    const address = new URL(printLink.href);
    if (step === USUAL) address.searchParams.delete("size");
    else address.searchParams.set("size", step);
    printLink.href = address.href;
  }

  function resize(event) {
    const button = event.currentTarget;
    keep(Math.min(Math.max(current() + Number(button.dataset.size), 0), LAST));
    settle();
    say(button.dataset.said.replace("{step}", current() + 1));
  }

  async function copied(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      return false; // no permission, or a page without https
    }
  }

  async function shareStory() {
    const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    if (navigator.share) {
      try {
        await navigator.share({ title: document.querySelector("h1").textContent, url: address });
        return;
      } catch (error) {
        if (error.name === "AbortError") return; // the reader closed the sheet
      }
    }
    say(await copied(address) ? share.dataset.said : share.dataset.failed);
  }

  // A page that was kept somewhere tells the time at which it is really printed.
  function stamp() {
    const time = document.querySelector("[data-now]");
    const now = new Date();
    time.dateTime = now.toISOString();
    time.textContent = now.toLocaleString("sv-SE", { timeZone: time.dataset.now });
  }

  sizes.forEach((button) => button.addEventListener("click", resize));
  share?.addEventListener("click", shareStory);
  print?.addEventListener("click", () => window.print());
  if (print) {
    stamp();
    window.addEventListener("beforeprint", stamp);
  }
  settle();
  window.addEventListener("pageshow", settle);
})();
