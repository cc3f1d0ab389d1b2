// Signing in again without leaving the page: nothing that was typed is touched.
"use strict";
if (window.copyWire) {
  const { place, post } = window.copyWire;
  let dialog = null;

  function part(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function build() {
    const name = part("input", { name: "username", autocomplete: "username", required: true, value: place.dataset.username });
    const password = part("input", { name: "password", type: "password", autocomplete: "current-password", required: true });
    const fault = part("p", { className: "signin__fault", role: "alert" });
    const enter = part("button", { type: "submit", className: "default", textContent: gettext("Sign in") });
    const later = part("button", { type: "button", className: "button", textContent: gettext("Later") });
    const form = part("form", { className: "signin__form", method: "dialog" },
      part("h2", { id: "signin-heading", textContent: gettext("Sign in again") }),
      part("p", { textContent: gettext("What you typed stays on this page; after signing in it goes on where it stopped.") }),
      part("label", {}, part("span", { textContent: gettext("User name") }), name),
      part("label", {}, part("span", { textContent: gettext("Password") }), password),
      fault, part("p", { className: "signin__ways" }, enter, later));
    const element = part("dialog", { className: "signin" }, form);
    element.setAttribute("aria-labelledby", "signin-heading");
    document.body.append(element);
    return { element, form, name, password, fault, enter, later };
  }

  function inWords(status, said) {
    if (said.error) return said.error;
    return status ? gettext("Signing in failed. Please try again.") : gettext("There is no connection. Please try again when it is back.");
  }

  // Resolves to whether somebody signed in. said: the server's answer, whose reason «other» names who is signed in now.
  window.signInAgain = (said) => new Promise((resolve) => {
    dialog ??= build();
    const { element, form, name, password, fault, enter, later } = dialog;
    let done = false;
    fault.textContent = said.reason === "other" ? interpolate(gettext("By now this browser is signed in as %s."), [said.name]) : "";
    password.value = "";
    form.onsubmit = async (event) => {
      event.preventDefault();
      enter.disabled = true;
      const answer = await post(place.dataset.signIn, { username: name.value, password: password.value, by: Number(place.dataset.by) });
      enter.disabled = false;
      done = answer.status === 200;
      if (done) {
        element.close();
        return;
      }
      fault.textContent = inWords(answer.status, answer.said);
      password.select();
    };
    later.onclick = () => element.close();
    element.onclose = () => resolve(done);
    if (!element.open) element.showModal();
    password.focus();
  });
}
