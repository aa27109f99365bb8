// The forms, windows and requests of the admin wait for a log-in in another tab.
import { freshToken, guardForms, latestToken, plainFetch, tell, untell, words } from "./session-guard.js";

const ASK_AGAIN = 3000;
// Wagtail writes the decision into the form of the page before it is sent.
const DECISION = "[name='action-workflow-action'], [name^='workflow-action-']";

// The same for what Wagtail sends by itself: its drafts, and that somebody is at work here.
function withLatest(options) {
  const latest = latestToken();
  if (!latest) return options;
  const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [
    name,
    name.toLowerCase() === "x-csrftoken" ? latest : value,
  ]);
  if (options.body instanceof FormData && options.body.has("csrfmiddlewaretoken"))
    {options.body.set("csrfmiddlewaretoken", latest);}
  return { ...options, headers: Object.fromEntries(headers) };
}

function wakeUp(button) {
  if (!button) return;
  button.disabled = false;
  button.dataset.wProgressLoadingValue = "false";
}

function tidyUp(form, button) {
  wakeUp(button);
  // Who comes back may want to save a draft instead.
  for (const field of form.querySelectorAll(`:scope > :is(${DECISION})`)) field.remove();
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

document.addEventListener("DOMContentLoaded", () => {
  // The pages for a forgotten password have no session to lose.
  if (!document.getElementById("wagtail-sidebar-props")) return;
  guardForms(tidyUp);
  askBeforeWindows();
  watchRequests(document.querySelector(".js-translation-editor"));
});
