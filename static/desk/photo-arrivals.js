// What follows in the dialog once files are there: they are chosen, and the cursor goes where something is missing.
"use strict";
{
  const store = window.photoDialog;

  function start() {
    const { dialog, find, photos } = store;
    const news = find("news");

    // Nobody is interrupted in typing.
    const isTyping = () => document.activeElement.matches("input:not([type=file]), textarea, select");

    store.on("uploaded", ({ photo, existing }) => {
      news.textContent = existing ? gettext("This photo was there already; it is chosen now.") : "";
      store.choose(photo.id, true);
      if (store.uploading) return;
      // A small screen goes on to the words once the last file is there.
      const first = store.chosen.find((id) => !photos.get(id).alt);
      if (first) store.show(first, true);
      const last = first ? dialog.querySelector("[data-photos-word=caption]") : find("insert");
      if (!isTyping()) (store.question() ?? last).focus();
    });
    store.on("rest", () => { if (!isTyping()) store.question()?.focus(); });
    store.on("barred", (photo) => {
      news.textContent = `${gettext("This photo cannot be chosen.")} ${photo.note}`;
      store.show(photo.id);
    });

    // A picture about which nothing is decided holds the dialog once; it stays in its list after that.
    let told = false;
    store.waits = () => {
      const question = store.question();
      if (!question || told) return false;
      told = true;
      news.textContent = gettext("A picture waits for your decision. Press again to go on without it.");
      question.focus();
      return true;
    };
    store.on("open", () => { told = false; });
  }

  if (store) start();
}
