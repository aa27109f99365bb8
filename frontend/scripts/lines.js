// «Add a line» without a journey to the portal: the empty line stands in a <template>. Without this script
// the same button posts the form and the portal adds the line.
for (const group of document.querySelectorAll("[data-lines]")) {
  const name = group.dataset.lines;
  const button = group.querySelector(`button[name="add-${name}"]`);
  const total = group.querySelector(`input[name="${name}-TOTAL_FORMS"]`);
  const most = Number(group.querySelector(`input[name="${name}-MAX_NUM_FORMS"]`)?.value);
  const empty = group.querySelector("template");
  if (!button || !total || !empty) continue;

  button.addEventListener("click", (event) => {
    event.preventDefault();
    const number = Number(total.value);
    const line = empty.content.firstElementChild.cloneNode(true);
    for (const element of line.querySelectorAll("*")) {
      for (const { name: key, value } of [...element.attributes]) {
        if (value.includes("__prefix__")) element.setAttribute(key, value.replaceAll("__prefix__", number));
      }
    }
    empty.before(line);
    total.value = number + 1;
    button.hidden = total.value >= most;
    line.querySelector("select, input:not([type=hidden])")?.focus();
  });
}
