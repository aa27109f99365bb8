// Large files in a <div data-upload> go to the portal in parts before the form is sent: progress, and a
// broken line costs one part. Without this script, and for small files, the form carries the file itself.
const PART = 4 * 1024 * 1024;
const PAUSES = [1, 2, 5, 10, 20, 30];
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const megabytes = new Intl.NumberFormat(document.documentElement.lang, {
  style: "unit",
  unit: "megabyte",
  maximumFractionDigits: 1,
});
const units = (bytes) => megabytes.format(bytes / 1048576);

class Refused extends Error {}

for (const box of document.querySelectorAll("[data-upload]")) {
  const input = box.querySelector("input[type=file]");
  const kept = box.querySelector("input[type=hidden]");
  const shown = box.querySelector("[data-upload-kept]");
  const panel = box.querySelector("[data-upload-progress]");
  const bar = panel.querySelector("progress");
  const status = panel.querySelector("[role=status]");
  const stop = panel.querySelector("button");
  const words = box.dataset;
  let sending = null;

  const ask = (address, method, headers = {}, body = undefined) =>
    fetch(address, {
      method,
      body,
      signal: sending.signal,
      headers: { "X-CSRFToken": input.form.elements.csrfmiddlewaretoken.value, "Tus-Resumable": "1.0.0", ...headers },
    });

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  /** Said by the portal: the words for the person, or ours. */
  async function refusal(answer) {
    const said = await answer.json().catch(() => ({}));
    return new Refused(said.error || words.wordsRefused);
  }

  // A tab of its own goes on where it was after a reload; another tab begins its own upload.
  const mark = (file) => `upload:${input.name}:${file.name}:${file.size}:${file.lastModified}`;

  async function begin(file) {
    const known = sessionStorage.getItem(mark(file));
    if (known) {
      const answer = await ask(known, "HEAD");
      if (answer.ok) return known;
    }
    const bytes = new TextEncoder().encode(file.name);
    const name = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    const answer = await ask(words.upload, "POST", {
      "Upload-Length": file.size,
      "Upload-Metadata": `filename ${name}`,
    });
    if (answer.status !== 201) throw await refusal(answer);
    const address = answer.headers.get("Location");
    sessionStorage.setItem(mark(file), address);
    return address;
  }

  /** One answer after another until the portal names the file. */
  async function send(file) {
    const address = await begin(file);
    let answer = await ask(address, "HEAD");
    while (true) {
      if (answer.status === 409) answer = await ask(address, "HEAD");
      if ([403, 404, 413, 415, 422].includes(answer.status)) {
        sessionStorage.removeItem(mark(file));
        throw await refusal(answer);
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const number = answer.headers.get("Private-File");
      const offset = Number(answer.headers.get("Upload-Offset"));
      bar.value = (100 * offset) / file.size;
      say(words.wordsSent.replace("{sent}", units(offset)).replace("{size}", units(file.size)));
      if (number) return number;
      answer = await ask(
        address,
        "PATCH",
        { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" },
        file.slice(offset, offset + PART),
      );
    }
  }

  async function sendWithPatience(file) {
    for (let turn = 0; ; turn++) {
      try {
        return await send(file);
      } catch (error) {
        if (error instanceof Refused || error.name === "AbortError") throw error;
        say(words.wordsBroken);
        await pause(PAUSES[Math.min(turn, PAUSES.length - 1)]);
        sending.signal.throwIfAborted();
      }
    }
  }

  function show(file) {
    const line = document.createElement("p");
    const name = document.createElement("b");
    name.textContent = file.name;
    line.append(name, ` ${units(file.size)}`);
    shown.replaceChildren(line);
  }

  input.addEventListener("change", async () => {
    sending?.abort();
    const [file] = input.files;
    input.setCustomValidity("");
    panel.hidden = true;
    if (!file || file.size <= Number(words.uploadFrom)) return;
    panel.hidden = false;
    stop.hidden = false;
    bar.hidden = false;
    bar.value = 0;
    if (file.size > Number(words.uploadLimit)) {
      bar.hidden = true;
      stop.hidden = true;
      input.value = "";
      say(words.wordsBig);
      return;
    }
    const mine = new AbortController();
    sending = mine;
    input.setCustomValidity(words.wordsWait);
    try {
      const number = await sendWithPatience(file);
      sessionStorage.removeItem(mark(file));
      kept.value = number;
      show(file);
      say(words.wordsDone);
    } catch (error) {
      if (mine !== sending) return;
      bar.hidden = true;
      say(error instanceof Refused ? error.message : "");
    }
    if (mine !== sending) return;
    stop.hidden = true;
    // The form need not carry it once more.
    input.value = "";
    input.setCustomValidity("");
  });

  stop.addEventListener("click", () => {
    sending?.abort();
    panel.hidden = true;
  });
}
