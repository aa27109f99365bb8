// Suggestions under a search field: <input data-suggest="address">. The address answers ?q= with
// JSON {status, items: [{title, url, kind}]}; the status is said by screen readers. An ARIA combobox;
// without script the field is a plain search field.
const DELAY = 180;
const SHORTEST = 2;
let serial = 0;

function attach(input) {
  const list = document.createElement("ul");
  const id = `suggest-${++serial}`;
  Object.assign(list, { id, className: "suggest", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel || "");
  const status = document.createElement("span");
  status.className = "vh";
  status.setAttribute("role", "status");
  input.closest("form").append(list, status);
  const set = (name, value) => input.setAttribute(name, value);
  set("role", "combobox");
  set("aria-autocomplete", "list");
  set("aria-controls", id);
  set("aria-expanded", "false");

  let timer;
  let request;
  let active = -1;

  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    active = -1;
    set("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    status.textContent = "";
  };
  const mark = (index) => {
    active = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index >= 0) {
      set("aria-activedescendant", options()[index].id);
      // The focus stays in the field, so the browser does not scroll by itself.
      options()[index].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  function show({ items = [], status: words = "" }) {
    status.textContent = words;
    list.replaceChildren(
      ...items.map((item, index) => {
        const option = document.createElement("li");
        option.id = `${id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = item.url;
        const title = document.createElement("span");
        title.textContent = item.title;
        option.append(title);
        if (item.kind) {
          const kind = document.createElement("small");
          kind.textContent = item.kind;
          option.append(kind);
        }
        return option;
      }),
    );
    active = -1;
    list.hidden = !items.length;
    set("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    const words = input.value.trim();
    request?.abort();
    if (words.length < SHORTEST) {
      close();
      return;
    }
    request = new AbortController();
    try {
      const address = new URL(input.dataset.suggest, location.href);
      address.searchParams.set("q", words);
      const response = await fetch(address, { signal: request.signal });
      show(response.ok ? await response.json() : {});
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (list.hidden || !count) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place before the first is the field itself.
      mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(options()[active].dataset.url);
    } else if (event.key === "Escape") {
      close();
      event.preventDefault();
    }
  });
  // Before the field loses focus.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    request?.abort();
    close();
  });
}

document.querySelectorAll("input[data-suggest]").forEach(attach);
