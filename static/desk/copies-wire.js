// Talks to the server about working copies: one message at a time, with a token that heals itself.
"use strict";
{
  const place = document.querySelector("[data-copies]");
  const PATIENCE = 8000;

  function renew(csrf) {
    if (!csrf) return;
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = csrf; });
  }

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

  async function ask(address, options) {
    const signal = options.keepalive ? undefined : AbortSignal.timeout(options.patience ?? PATIENCE);
    const response = await fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "error", signal, ...options });
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    const said = isJson ? await response.json() : {};
    renew(said.csrf);
    return { status: response.status, said, isJson };
  }

  // Sends JSON; resolves to { status, said }, status 0 without a connection. A token that another tab has
  // made void is replaced by a new one, once.
  async function post(address, message, options = {}) {
    const send = () => ask(address, {
      ...options, method: "POST", body: JSON.stringify(message),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    });
    try {
      let answer = await send();
      if (answer.status === 403 && !answer.isJson) {
        await ask(place.dataset.address, { patience: options.patience });
        answer = await send();
      }
      return answer;
    } catch (error) {
      // No connection, an answer that took too long, or one that was cut off.
      if (error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError) return { status: 0, said: {} };
      throw error;
    }
  }

  const about = (message) => ({
    key: place.dataset.key, by: Number(place.dataset.by),
    article: place.dataset.article ? Number(place.dataset.article) : null, ...message,
  });

  if (place) window.copyWire = {
    place, post,
    say: (message, options) => post(place.dataset.address, about(message), options),
  };
}
