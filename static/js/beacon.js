// Counts one read after three seconds in which the story was on the screen. Sends nothing but its address.
(() => {
  const READING = 3000;
  const address = document.currentScript.dataset.read;
  let left = READING;
  let since = 0;
  let timer = 0;

  function send() {
    document.removeEventListener("visibilitychange", follow);
    if ("keepalive" in Request.prototype) {
      fetch(address, { method: "POST", keepalive: true, credentials: "same-origin" }).catch(() => {});
    } else if (navigator.sendBeacon) {
      navigator.sendBeacon(address);
    }
  }

  // The clock runs only while the page is seen: not in a background tab, not while it is prerendered.
  function follow() {
    clearTimeout(timer);
    if (document.visibilityState === "visible") {
      since = performance.now();
      timer = setTimeout(send, left);
    } else if (since) {
      left = Math.max(0, left - (performance.now() - since));
      since = 0;
    }
  }

  document.addEventListener("visibilitychange", follow);
  follow();
})();
