// New photos in the dialog: several at once, each with its own progress, its own error and a second try.
"use strict";
{
  const store = window.photoDialog;
  const AT_ONCE = 2;

  function start() {
    const { Refused } = store;
    const list = store.find("uploads");
    const address = store.dialog.dataset.upload;
    const rows = new Set();

    // Sends one file; ``row.stop`` ends it. Resolves to the answer, throws Refused.
    const send = (row) => new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append("file", row.file, row.file.name);
      request.upload.addEventListener("progress", ({ loaded, total }) => progress(row, total ? loaded / total : 0));
      request.addEventListener("error", () => reject(new Refused(store.LOST)));
      request.addEventListener("abort", () => reject(new Refused("", { status: -1 })));
      request.addEventListener("load", () => {
        try {
          resolve(store.read(request.status, request.responseText));
        } catch (error) {
          reject(error);
        }
      });
      row.stop = () => request.abort();
      request.open("POST", address);
      request.setRequestHeader("X-CSRFToken", store.token());
      request.send(form);
    });

    function progress(row, part) {
      row.bar.value = part;
      row.say(part < 1 ? `${Math.round(part * 100)}%` : gettext("Preparing the picture …"));
    }

    async function run(row) {
      row.state = "sending";
      row.show();
      try {
        const { photo, existing } = await store.trusted(() => send(row));
        row.remove();
        work();
        store.keep(photo);
        store.tell("stored", photo);
        store.tell("uploaded", { photo, existing });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.status === -1) return;
        row.state = "failed";
        // What the picture itself is refused for stays refused; anything else may succeed the next time.
        row.lost = ![400, 413].includes(error.status);
        row.show(error.message);
      } finally {
        work();
      }
    }

    function work() {
      const all = [...rows];
      const free = AT_ONCE - all.filter(({ state }) => state === "sending").length;
      all.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free)).forEach(run);
      list.hidden = !rows.size;
      store.uploading = all.some(({ state }) => state !== "failed");
    }

    function button(words, press) {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words });
      made.addEventListener("click", press);
      return made;
    }

    function add(file) {
      const item = document.createElement("li"), picture = document.createElement("img"), words = document.createElement("span");
      const name = document.createElement("strong"), said = document.createElement("span"), bar = document.createElement("progress");
      Object.assign(picture, { alt: "", decoding: "async", src: URL.createObjectURL(file) });
      picture.addEventListener("error", () => picture.replaceWith(Object.assign(document.createElement("i"), { className: "photos__nothing" })));
      name.textContent = file.name;
      Object.assign(bar, { max: 1, value: 0, ariaLabel: file.name });
      said.setAttribute("role", "status");
      words.append(name, bar, said);
      const row = { file, bar, state: "waiting", lost: false, stop() {}, say(text) { said.textContent = text; } };
      const again = button(gettext("Try again"), () => { row.state = "waiting"; row.show(); work(); });
      const away = button(gettext("Cancel"), () => { row.stop(); row.remove(); store.find("title")?.focus(); work(); });
      row.show = (error = "") => {
        const failed = row.state === "failed";
        item.classList.toggle("is-failed", failed);
        bar.hidden = failed;
        again.hidden = !(failed && row.lost);
        away.textContent = failed ? gettext("Remove from the list") : gettext("Cancel");
        said.textContent = error || (row.state === "waiting" ? gettext("Waiting") : "0%");
      };
      row.remove = () => { rows.delete(row); URL.revokeObjectURL(picture.src); item.remove(); };
      item.append(picture, words, again, away);
      list.append(item);
      rows.add(row);
      row.show();
    }

    store.upload = (files) => { [...files].forEach(add); work(); };
    // What the connection lost is sent again as soon as there is one.
    window.addEventListener("online", () => {
      rows.forEach((row) => { if (row.state === "failed" && row.lost) { row.state = "waiting"; row.show(); } });
      work();
    });
    window.addEventListener("beforeunload", (event) => { if (store.uploading) event.preventDefault(); });
  }

  if (store?.dialog.dataset.upload) start();
}
