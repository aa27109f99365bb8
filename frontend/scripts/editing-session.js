// A form that is sent after the session has ended would be answered with the log-in page, and what
// was written would be lost. So the editor asks first, and holds the form back when it must.
const words = document.currentScript.dataset;
let checked = false;
// A second press, before the answer is there, sends nothing twice.
let busy = false;

async function freshToken() {
  try {
    const answer = await fetch(words.address, { credentials: "same-origin", cache: "no-store" });
    // Somebody without a session is led to the log-in page.
    return answer.ok && !answer.redirected ? (await answer.json()).token : null;
  } catch {
    return null;
  }
}

function tell(form) {
  let note = form.querySelector(":scope > .js-held-back");
  if (!note) {
    const link = document.createElement("a");
    Object.assign(link, { href: words.logIn, target: "_blank", textContent: words.link });
    note = document.createElement("div");
    note.className = "js-held-back help-block help-critical";
    note.tabIndex = -1;
    note.setAttribute("role", "alert");
    note.append(words.text, " ", link);
    form.prepend(note);
  }
  note.focus();
}

async function send(form, button) {
  busy = true;
  const token = await freshToken();
  if (!token) {
    busy = false;
    if (button) {
      button.disabled = false;
      button.dataset.wProgressLoadingValue = "false";
    }
    tell(form);
    return;
  }
  form.querySelector(":scope > .js-held-back")?.remove();
  form.elements.csrfmiddlewaretoken.value = token;
  // Wagtail has put the button to sleep meanwhile, and a sleeping button is not sent.
  const asleep = button?.disabled;
  if (asleep) button.disabled = false;
  checked = true;
  form.requestSubmit(button);
  checked = false;
  if (asleep) button.disabled = true;
  setTimeout(() => {
    busy = false;
  }, 3000);
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (checked || !form.matches("form[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!busy) send(form, event.submitter);
  },
  { capture: true },
);
