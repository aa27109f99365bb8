// A page that shows how far some work is asks for itself every few seconds; when the work is done, it is
// loaded anew. Without this script a link does the same.
const PAUSE = 3000;
const ask = async () => {
  const shown = document.querySelector("[data-progress]");
  if (!shown) return;
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (!fresh) {
      location.reload();
      return;
    }
    // Only what has moved: what is being read out is not replaced under the reader.
    const bar = shown.querySelector("progress");
    const same = shown.textContent === fresh.textContent;
    if (!same && bar && fresh.querySelector("progress")) {
      bar.value = fresh.querySelector("progress").value;
      const texts = shown.querySelectorAll("p");
      fresh.querySelectorAll("p").forEach((text, place) => {
        if (!text.querySelector("progress, a") && texts[place]) texts[place].textContent = text.textContent;
      });
    } else if (!same) location.reload();
  }
  setTimeout(ask, PAUSE);
};
setTimeout(ask, PAUSE);
