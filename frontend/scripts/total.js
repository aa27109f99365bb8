// The running total of a form of scores: without it the sum is reckoned when the draft is kept.
for (const form of document.querySelectorAll("form[data-total]")) {
  const shown = form.querySelector("output");
  const reckon = () => {
    const chosen = [...form.querySelectorAll('input[type="radio"]:checked')];
    shown.value = chosen.reduce((sum, input) => sum + Number(input.value), 0);
  };
  form.addEventListener("change", reckon);
  reckon();
}
