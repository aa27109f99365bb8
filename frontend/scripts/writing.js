// The form of a practice saves itself: a moment after the last stroke, and again while the line is broken
// or the session has ended. What could not be saved is kept in this browser and offered when the form opens.
import { freshToken, guardForms, tell, untell, words as guard } from "./session-guard.js";

const QUIET = 1500;
const SENT = "writing-sent";
const AGAIN = [3, 5, 10, 20, 30];

const form = document.querySelector("form[data-writing]");
const state = document.querySelector("[data-writing-state]");
const title = document.querySelector("[data-writing-title]");

guardForms();
// The portal has answered what was sent: it need not be kept here any more.
if (performance.getEntriesByType("navigation")[0]?.type === "navigate") {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent) localStorage.removeItem(sent);
}
if (form && state) keep();

function keep() {
  const said = form.dataset;
  const place = `writing:${said.writing}`;
  // Neither secrets nor what this page alone knows; and files the person still has.
  const isText = ([name, value]) =>
    typeof value === "string" && !["csrfmiddlewaretoken", "opened"].includes(name) && !name.startsWith("choose-");
  const written = () => JSON.stringify([...new FormData(form)].filter(isText));
  let saved = written();
  let timer = null;
  let tries = 0;
  let sending = false;
  let leaving = false;
  // Two texts are being compared: a person decides, no script.
  let decides = Boolean(form.querySelector("[name^='choose-']"));

  const say = (text, isBad = false) => {
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle("writing-unsaved", isBad);
  };

  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  };

  function store() {
    try {
      localStorage.setItem(place, JSON.stringify({ at: Date.now(), entries: written() }));
    } catch {
      // A browser that keeps nothing still saves to the portal.
    }
  }

  const forget = () => localStorage.removeItem(place);

  function failed(text) {
    say(text, true);
    store();
    later(AGAIN[Math.min(tries, AGAIN.length - 1)] * 1000);
    tries += 1;
  }

  async function post() {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.delete("do");
    body.set("autosave", "1");
    return fetch(form.action, {
      method: "POST",
      body,
      credentials: "same-origin",
      redirect: "manual",
      headers: { Accept: "application/json" },
    });
  }

  async function save() {
    if (sending || leaving || decides || written() === saved) return;
    sending = true;
    const sent = written();
    say(said.wordsSaving);
    const answer = await post().catch(() => null);
    await take(answer, sent).catch(() => failed(said.wordsFailed));
    sending = false;
    if (!decides && tries === 0 && written() !== saved) later(QUIET);
  }

  async function take(answer, sent) {
    if (!answer) return failed(said.wordsOffline);
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (answer.ok && isOurs) {
      const told = await answer.json();
      form.elements.opened.value = told.opened;
      if (title && told.title) title.textContent = told.title;
      saved = sent;
      tries = 0;
      untell(form);
      say(told.words);
      if (written() === saved) forget();
      return undefined;
    }
    if (isOurs) {
      // Refused in words: the text was changed elsewhere, or is being reviewed.
      const told = await answer.json();
      store();
      decides = true;
      return say(answer.status === 409 ? said.wordsChanged : told.words, true);
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      if (!(await freshToken())) {
        tell(form, guard.text, true);
        return failed(said.wordsOut);
      }
    }
    return failed(said.wordsFailed);
  }

  function offer() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(place));
    } catch {
      forget();
    }
    if (!kept || kept.entries === saved) return forget();
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    const note = document.createElement("div");
    note.className = "note note-back";
    const inner = document.createElement("div");
    const text = document.createElement("p");
    text.textContent = said.wordsKept.replace("%(time)s", time.format(new Date(kept.at)));
    const line = document.createElement("p");
    line.className = "cluster";
    const [restore, drop] = [said.wordsRestore, said.wordsDrop].map((words) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
      button.className = "btn btn-2";
      line.append(button);
      return button;
    });
    restore.addEventListener("click", () => {
      fill(JSON.parse(kept.entries));
      note.remove();
      later(0);
    });
    drop.addEventListener("click", () => {
      forget();
      note.remove();
    });
    inner.append(text, line);
    note.append(inner);
    form.prepend(note);
    return undefined;
  }

  /** Puts kept values into the fields that are there. */
  function fill(entries) {
    const values = new Map();
    for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
    const seen = new Map();
    for (const field of form.elements) {
      if (!field.name || ["hidden", "file", "submit"].includes(field.type) || field.type === "button") continue;
      const kept = values.get(field.name) ?? [];
      if (["checkbox", "radio"].includes(field.type)) field.checked = kept.includes(field.value);
      else {
        const number = seen.get(field.name) ?? 0;
        seen.set(field.name, number + 1);
        if (kept[number] !== undefined) field.value = kept[number];
      }
    }
  }

  form.addEventListener("input", () => {
    if (decides) return;
    store();
    if (tries === 0) later(QUIET);
  });
  // A press of a button sends everything; what is on its way must not come after it.
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    leaving = true;
    clearTimeout(timer);
    store();
    sessionStorage.setItem(SENT, place);
  });
  window.addEventListener("pageshow", (event) => {
    // Back from the next section: the form shows what it showed, the portal may have newer text.
    if (event.persisted) location.reload();
  });
  window.addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && written() !== saved) save();
  });
  offer();
}
