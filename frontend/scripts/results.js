// A GET form with data-live="#results" refreshes that part of the page without a reload.
// The server answers with the same whole page, so nothing differs from the plain submit.
const DELAY = 250;

function addressOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
  const text = query.toString();
  return form.action.split("?")[0] + (text ? `?${text}` : "");
}

async function load(address, form, { push = true, follow = false } = {}) {
  const target = document.querySelector(form.dataset.live);
  form.liveRequest?.abort();
  const request = new AbortController();
  form.liveRequest = request;
  target.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector(form.dataset.live);
    if (!fresh) throw new Error("no results in the answer");
    target.replaceChildren(...fresh.childNodes);
    refreshCounts(form, page);
    if (follow) followChoice(form, page);
    document.title = page.title;
    if (push) history.pushState({ live: true }, "", address);
    announce(form, target);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  } finally {
    if (form.liveRequest === request) target.removeAttribute("aria-busy");
  }
}

/** Counts and availability change with the choice; the controls themselves keep focus. */
function refreshCounts(form, page) {
  const other = form.id && page.getElementById(form.id);
  if (!other) return;
  for (const count of form.querySelectorAll("[data-count]")) {
    const fresh = other.querySelector(`[data-count="${CSS.escape(count.dataset.count)}"]`);
    count.textContent = fresh ? fresh.textContent : "0";
  }
}

/** After a link has changed the choice, the controls show the new one. */
function followChoice(form, page) {
  const other = form.id && page.getElementById(form.id);
  if (!other) return;
  for (const control of [...form.elements]) {
    if (!control.name) continue;
    const same = [...other.elements].filter((one) => one.name === control.name);
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = same.some((one) => one.value === control.value && one.checked);
    } else if (control.type === "hidden") {
      if (same.length) control.value = same[0].value;
      else control.remove();
    } else if (same.length) {
      control.value = same[0].value;
    }
  }
}

function announce(form, target) {
  const words = target.querySelector("[data-live-status]")?.textContent.trim();
  let status = document.getElementById("live-status");
  if (!status) {
    status = Object.assign(document.createElement("p"), { id: "live-status", className: "vh" });
    status.setAttribute("role", "status");
    document.body.append(status);
  }
  status.textContent = words || "";
}

for (const form of document.querySelectorAll("form[data-live]")) {
  if (!document.querySelector(form.dataset.live)) continue;
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(addressOf(form), form), DELAY);
  };
  form.addEventListener("change", later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    load(addressOf(form), form);
    if (form.matches(":popover-open")) form.hidePopover();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(`${form.dataset.live} [data-live-link] a, ${form.dataset.live} a[data-live-link]`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    load(link.href, form, { follow: true }).then(() => {
      const target = document.querySelector(form.dataset.live);
      target.scrollIntoView({ block: "start" });
      target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
    });
  });
  // Going back must restore the checkboxes too: the browser does it on a real load.
  addEventListener("popstate", () => location.reload());
}
