// What is sent after the session has ended would be answered with the log-in page, and what was
// written would be lost. So a form asks first, and is held back when it must. The same for the admin
// and for the cabinet: the words and the addresses come from the tag of the script.
export const words = document.currentScript.dataset;
export const plainFetch = window.fetch.bind(window);
// A second press, before the answer is there, sends nothing twice.
const busy = new WeakSet();
const checked = new WeakSet();
let passed = null;
let latest = null;
// Who has signed in here meanwhile, if it is not the person this page was made for.
let stranger = null;

const owner = () => words.person ?? document.querySelector("meta[name=portal-person]")?.content;

/** The token of the present session, put into every form; null for whoever is signed out, or another. */
export async function freshToken() {
  stranger = null;
  try {
    const answer = await plainFetch(words.address, { credentials: "same-origin", cache: "no-store" });
    // Somebody without a session is led to the log-in page.
    if (!answer.ok || answer.redirected) return null;
    const said = await answer.json();
    stranger = said.person === owner() ? null : said.name;
    if (stranger !== null) return null;
    // A log-in in another tab has made the tokens of this page worthless.
    latest = said.token;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = latest;
    return latest;
  } catch {
    return null;
  }
}

export const latestToken = () => latest;

export function tell(place, text, quietly = false) {
  const said = stranger === null ? text : words.other.replace("%(person)s", stranger);
  let note = place.querySelector(":scope > .js-held-back");
  if (note?.dataset.said !== said) {
    note?.remove();
    const link = document.createElement("a");
    const [href, textContent] =
      stranger === null ? [words.logIn, words.link] : [words.logOut, words.leave];
    Object.assign(link, { href, target: "_blank", textContent });
    const inner = document.createElement("div");
    inner.append(said, " ", link);
    note = document.createElement("div");
    note.className = `js-held-back ${words.note}`;
    note.dataset.said = said;
    note.tabIndex = -1;
    note.setAttribute("role", "alert");
    note.append(inner);
    place.prepend(note);
    note.focus();
  } else if (!quietly) {
    note.focus();
  }
}

export const untell = (place) => place.querySelector(":scope > .js-held-back")?.remove();

async function send(form, button, whenHeldBack) {
  busy.add(form);
  if (!(await freshToken())) {
    busy.delete(form);
    whenHeldBack(form, button);
    tell(form, words.text);
    return;
  }
  untell(form);
  // A button may have been put to sleep meanwhile, and a sleeping button is not sent.
  const asleep = button?.disabled;
  if (asleep) button.disabled = false;
  passed = null;
  checked.add(form);
  form.requestSubmit(button);
  checked.delete(form);
  if (asleep) button.disabled = true;
  // A window sends its form by a script and may show mistakes in it at once.
  setTimeout(() => busy.delete(form), passed?.defaultPrevented ? 0 : 3000);
}

function isHeld(form) {
  const [method, action] = ["method", "action"].map((name) => form.getAttribute(name) ?? "");
  return method.toLowerCase() === "post" && action !== words.logOut;
}

/** From now on every form of the page asks; ``whenHeldBack(form, button)`` tidies up after one that waits. */
export function guardForms(whenHeldBack = () => {}) {
  const ask = (event) => {
    const form = event.target;
    if (checked.has(form)) {
      passed = event;
      return;
    }
    if (!isHeld(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!busy.has(form)) send(form, event.submitter, whenHeldBack);
  };
  document.addEventListener("submit", ask, { capture: true });
  // Every page that opens tells the others: perhaps somebody has signed in there.
  const others = new BroadcastChannel("portal-session");
  others.addEventListener("message", freshToken);
  others.postMessage("open");
}
