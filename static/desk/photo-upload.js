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
      if (row.anyway) form.append("anyway", "1");
      request.upload.addEventListener("progress", ({ loaded, total }) => row.progress(total ? loaded / total : 0));
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

    // The file is in the library, or was there before.
    function arrive(row, { photo, existing }) {
      leave(row);
      store.keep(photo);
      store.tell("stored", photo);
      store.tell("uploaded", { photo, existing });
    }

    function refuse(row, { status, answer, message }) {
      if (status === -1) return;
      // What the picture itself is refused for stays refused; anything else may succeed the next time.
      row.lost = ![400, 413].includes(status);
      row.show(answer.alike ? "asked" : "failed", message);
      // It looks like others: the person decides, and the other files go on.
      if (answer.alike) store.tell("asked", { row, alike: answer.alike.map(store.keep) });
    }

    async function run(row) {
      row.show("sending");
      try {
        arrive(row, await store.trusted(() => send(row)));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refuse(row, error);
      } finally {
        work();
      }
    }

    function work() {
      const all = [...rows], was = store.uploading;
      const free = AT_ONCE - all.filter(({ state }) => state === "sending").length;
      all.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free)).forEach(run);
      list.hidden = !rows.size;
      store.uploading = all.some(({ state }) => ["waiting", "sending"].includes(state));
      if (was && !store.uploading) store.tell("rest");
    }

    function leave(row) {
      rows.delete(row);
      row.remove();
      work();
    }

    function again(row) {
      row.show("waiting");
      work();
    }

    function add(file) {
      const row = store.uploadRow(file, {
        again,
        leave: () => { row.stop(); leave(row); (store.question() ?? store.find("title")).focus(); },
      });
      row.again = () => again(row);
      row.give = (photo) => arrive(row, { photo, existing: true });
      list.append(row.item);
      rows.add(row);
    }

    store.upload = (files) => { [...files].forEach(add); work(); };
    // What the connection lost is sent again as soon as there is one.
    window.addEventListener("online", () => {
      rows.forEach((row) => { if (row.state === "failed" && row.lost) row.show("waiting"); });
      work();
    });
    window.addEventListener("beforeunload", (event) => { if (store.uploading || store.question()) event.preventDefault(); });
  }

  if (store?.dialog.dataset.upload) start();
}
