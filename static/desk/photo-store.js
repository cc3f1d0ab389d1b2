// What the parts of the photo dialog share: the photos seen, those chosen, and the way to the desk's addresses.
"use strict";
{
  const dialog = document.querySelector("dialog[data-photos]");
  window.gettext ??= (words) => words;
  window.ngettext ??= (one, many, count) => (count === 1 ? one : many);
  const LOST = gettext("The connection was lost. Nothing is lost: try again.");
  const SIGNED_OUT = gettext("You are signed out. Sign in in another tab, then try again here.");
  const STRANGE = gettext("The desk could not answer. Try again.");
  const TOO_LARGE = gettext("The file is too large for this server. Make it smaller.");

  // An answer that is none of ours: the connection, the sign-in, or a server in between.
  class Refused extends Error {
    constructor(words, { status = 0, answer = {} } = {}) {
      super(words);
      Object.assign(this, { status, answer });
    }
  }

  const events = new EventTarget();
  const store = {
    dialog, Refused, LOST,
    photos: new Map(), chosen: [], single: false, people: null,
    find: (name) => dialog.querySelector(`[data-photos-${name}]`),
    on: (name, listen) => events.addEventListener(name, (event) => listen(event.detail)),
    tell: (name, detail) => events.dispatchEvent(new CustomEvent(name, { detail })),
    keep(photo) {
      store.photos.set(photo.id, photo);
      return photo;
    },
    choose(id, wanted = !store.chosen.includes(id)) {
      const photo = store.photos.get(id);
      if (wanted && photo?.barred) return store.tell("barred", photo);
      const others = store.single ? [] : store.chosen.filter((each) => each !== id);
      store.chosen = wanted ? [...others, id] : store.chosen.filter((each) => each !== id);
      return store.tell("chosen", id);
    },
    count: (words, count) => words.replace("%s", count),
  };

  const field = () => document.querySelector("[name=csrfmiddlewaretoken]");
  store.token = () => field()?.value ?? store.spare ?? "";

  // After a new sign-in the token of the page is an old one; every form of the page gets the new one.
  async function renew() {
    const { token } = await store.library({ ids: "", setup: "1" });
    store.spare = token;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((each) => { each.value = token; });
  }

  // Returns the JSON in ``text``; throws Refused with words for the person.
  store.read = (status, text) => {
    let answer = null;
    try {
      answer = JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    if (answer && status === 200) return answer;
    if (answer?.error) throw new Refused(answer.error, { status, answer });
    const foreign = { 200: SIGNED_OUT, 403: SIGNED_OUT, 413: TOO_LARGE };
    throw new Refused(foreign[status] ?? STRANGE, { status: status === 200 ? 401 : status });
  };

  async function ask(address, options = {}) {
    let response, text;
    try {
      response = await fetch(address, { credentials: "same-origin", ...options });
      text = await response.text();
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Refused(LOST);
    }
    return store.read(response.status, text);
  }

  store.library = (asked, options) => ask(`${dialog.dataset.library}?${new URLSearchParams(asked)}`, options);

  // Calls ``send`` once more with a new token where the first answer was a refusal of the old one.
  store.trusted = async (send) => {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 403 || error.answer.error) throw error;
      await renew();
      return send();
    }
  };

  store.saveWords = (id, values) => store.trusted(() => ask(dialog.dataset.words.replace("/0/", `/${id}/`), {
    method: "POST", body: new URLSearchParams(values), headers: { "X-CSRFToken": store.token() },
  }));

  // Takes over, once, who can be named as a photographer.
  store.setUp = (answer) => {
    if (!answer.photographers) return;
    store.people = answer.photographers;
    dialog.querySelectorAll("[data-photos-people]").forEach((select) => {
      select.length = 1;
      select.append(...store.people.map(({ id, name }) => new Option(name, id)));
    });
    store.tell("set up");
  };

  if (dialog) {
    // The dialog's own fields belong to no form of the page.
    document.body.append(dialog);
    window.photoDialog = store;
  }
}
