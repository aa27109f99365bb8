// What is sent after the session has ended would be answered with the log-in page, and what was
// written would be lost. So every form of the admin asks first, and is held back when it must.
const words = document.currentScript.dataset;
const plainFetch = window.fetch.bind(window);
const ASK_AGAIN = 3000;
// Wagtail writes the decision into the form of the page before it is sent.
const DECISION = "[name='action-workflow-action'], [name^='workflow-action-']";
// A second press, before the answer is there, sends nothing twice.
const busy = new WeakSet();
const checked = new WeakSet();
let passed = null;
let latest = null;
// Who has signed in here meanwhile, if it is not the person this page was made for.
let stranger = null;

async function freshToken() {
  try {
    const answer = await plainFetch(words.address, { credentials: "same-origin", cache: "no-store" });
    // Somebody without a session is led to the log-in page.
    if (!answer.ok || answer.redirected) {
      stranger = null;
      return null;
    }
    const said = await answer.json();
    const owner = document.querySelector("meta[name=portal-person]")?.content;
    stranger = said.person === owner ? null : said.name;
    if (stranger !== null) return null;
    // A log-in in another tab has made the tokens of this page worthless.
    latest = said.token;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = latest;
    return latest;
  } catch {
    stranger = null;
    return null;
  }
}

// The same for what Wagtail sends by itself: its drafts, and that somebody is at work here.
function withLatest(options) {
  if (!latest) return options;
  const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [
    name,
    name.toLowerCase() === "x-csrftoken" ? latest : value,
  ]);
  if (options.body instanceof FormData && options.body.has("csrfmiddlewaretoken"))
    {options.body.set("csrfmiddlewaretoken", latest);}
  return { ...options, headers: Object.fromEntries(headers) };
}

function tell(place, text, quietly = false) {
  const said = stranger === null ? text : words.other.replace("%(person)s", stranger);
  let note = place.querySelector(":scope > .js-held-back");
  if (note?.dataset.said !== said) {
    note?.remove();
    const link = document.createElement("a");
    const [href, textContent] =
      stranger === null ? [words.logIn, words.link] : [words.logOut, words.leave];
    Object.assign(link, { href, target: "_blank", textContent });
    note = document.createElement("div");
    note.className = "js-held-back help-block help-critical";
    note.dataset.said = said;
    note.tabIndex = -1;
    note.setAttribute("role", "alert");
    note.append(said, " ", link);
    place.prepend(note);
    note.focus();
  } else if (!quietly) {
    note.focus();
  }
}

const untell = (place) => place.querySelector(":scope > .js-held-back")?.remove();

function wakeUp(button) {
  if (!button) return;
  button.disabled = false;
  button.dataset.wProgressLoadingValue = "false";
}

async function send(form, button) {
  busy.add(form);
  if (!(await freshToken())) {
    busy.delete(form);
    wakeUp(button);
    // Who comes back may want to save a draft instead.
    for (const field of form.querySelectorAll(`:scope > :is(${DECISION})`)) field.remove();
    tell(form, words.text);
    return;
  }
  untell(form);
  // Wagtail has put the button to sleep meanwhile, and a sleeping button is not sent.
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

function ask(event) {
  const form = event.target;
  if (checked.has(form)) {
    passed = event;
    return;
  }
  if (!isHeld(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!busy.has(form)) send(form, event.submitter);
}

// The windows of a decision and of every choice are fetched before they open.
function askBeforeWindows() {
  const open = window.ModalWorkflow;
  if (!open) return;
  window.ModalWorkflow = (options) => {
    const button = options.triggerElement ?? document.activeElement;
    const place = document.querySelector("[data-edit-form]") ?? document.querySelector("main");
    let opened = null;
    freshToken().then((token) => {
      if (token) {
        untell(place);
        opened = open({ triggerElement: button, ...options });
        return;
      }
      wakeUp(button);
      // The text editor waits for its window to close.
      window.jQuery(document.body).trigger("hidden.bs.modal");
      tell(place, words.text);
    });
    return { close: () => opened?.close() };
  };
}

// The translator's screen sends each string by itself: it waits here for the log-in.
let waiting = 0;
async function tokenAfterLogIn(place) {
  waiting += 1;
  let token = await freshToken();
  while (!token) {
    tell(place, words.waits, true);
    await new Promise((resume) => setTimeout(resume, ASK_AGAIN));
    token = await freshToken();
  }
  waiting -= 1;
  untell(place);
}

function watchRequests(translator) {
  window.fetch = async (address, options = {}) => {
    if (translator && options.headers?.["X-CSRFToken"]) await tokenAfterLogIn(translator.parentElement);
    return plainFetch(address, options.headers instanceof Headers ? options : withLatest(options));
  };
  window.addEventListener("beforeunload", (event) => waiting && event.preventDefault());
}

// Every page of the admin that opens tells the others: perhaps somebody has signed in there.
function listen() {
  const others = new BroadcastChannel("portal-admin");
  others.addEventListener("message", freshToken);
  others.postMessage("open");
}

document.addEventListener("DOMContentLoaded", () => {
  // The pages for a forgotten password have no session to lose.
  if (!document.getElementById("wagtail-sidebar-props")) return;
  document.addEventListener("submit", ask, { capture: true });
  askBeforeWindows();
  watchRequests(document.querySelector(".js-translation-editor"));
  listen();
});
