// The library of the photo dialog: filters, pages by position, and a list of pictures for mouse, finger and keyboard.
"use strict";
{
  const store = window.photoDialog;
  const PAUSE = 250;
  // Pieces of the archive that one search looks through by itself before it asks.
  const PIECES = 5;

  function start() {
    const { photos } = store;
    const grid = store.find("grid"), state = store.find("state"), older = store.find("older");
    const filters = [...store.dialog.querySelectorAll("[data-photos-filter]")];
    const options = () => [...grid.children];
    const idOf = (option) => Number(option.dataset.id);
    let next = null, loading = null, timer = 0, set = false;

    function option(photo) {
      const item = store.card(photo);
      Object.assign(item, { className: "photos__option", role: "option", tabIndex: -1 });
      item.classList.toggle("is-barred", photo.barred);
      if (photo.barred) item.setAttribute("aria-disabled", "true");
      item.dataset.id = photo.id;
      return item;
    }

    function mark() {
      options().forEach((item) => item.setAttribute("aria-selected", store.chosen.includes(idOf(item))));
      // One option is on the way of the Tab key: the one that was used last.
      const focused = grid.querySelector("[tabindex='0']") ?? grid.firstElementChild;
      if (focused) focused.tabIndex = 0;
      grid.tabIndex = focused ? -1 : 0;
    }

    async function load(more = false, piece = 1) {
      loading?.abort();
      const mine = loading = new AbortController();
      const asked = Object.fromEntries(filters.map((field) => [field.dataset.photosFilter, field.value.trim()]).filter(([, value]) => value));
      if (more && next) asked.before = next;
      if (!set) asked.setup = "1";
      state.textContent = gettext("Loading …");
      try {
        const answer = await store.library(asked, { signal: mine.signal });
        if (!set) store.setUp(answer);
        set = true;
        answer.photos.forEach(store.keep);
        const fresh = answer.photos.filter(({ id }) => !more || !grid.querySelector(`[data-id="${id}"]`)).map(option);
        if (more) grid.append(...fresh);
        else grid.replaceChildren(...fresh);
        next = answer.next;
        if (next && !grid.children.length && piece < PIECES) return load(true, piece + 1);
        older.hidden = !next;
        state.textContent = grid.children.length ? "" : next
          ? gettext("Nothing found among the newer photos.") : gettext("No photo found.");
        mark();
      } catch (error) {
        if (error.name === "AbortError") return undefined;
        if (!(error instanceof store.Refused)) throw error;
        state.textContent = error.message;
        older.hidden = false;
      }
      return undefined;
    }

    function columns() {
      const [first] = options();
      return options().filter((item) => item.offsetTop === first.offsetTop).length;
    }

    function focus(item) {
      options().forEach((each) => { each.tabIndex = each === item ? 0 : -1; });
      item.focus();
    }

    function key(event) {
      const item = event.target.closest("[role=option]");
      if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
      const all = options(), at = all.indexOf(item), last = all.length - 1;
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns(), Home: -at, End: last - at }[event.key];
      if (step !== undefined) focus(all[at + step] ?? item);
      else if (event.key === " ") store.choose(idOf(item));
      else if (event.key === "Enter") {
        if (!store.chosen.length) store.choose(idOf(item), true);
        store.tell("insert");
      } else return;
      event.preventDefault();
    }

    grid.addEventListener("keydown", key);
    grid.addEventListener("click", ({ target }) => {
      const item = target.closest("[role=option]");
      if (!item) return;
      focus(item);
      store.choose(idOf(item));
    });
    older.addEventListener("click", () => load(next !== null));
    filters.forEach((field) => field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => load(), PAUSE);
    }));
    new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && next && grid.children.length && load(true), { root: grid.parentElement }).observe(older);
    store.on("chosen", mark);
    store.on("open", () => { if (!grid.children.length || !set) load(); });
    store.on("stored", (photo) => { grid.querySelector(`[data-id="${photo.id}"]`)?.remove(); grid.prepend(option(photo)); mark(); });
    store.on("changed", (photo) => { grid.querySelector(`[data-id="${photo.id}"]`)?.replaceWith(option(photo)); mark(); });
  }

  if (store) start();
}
