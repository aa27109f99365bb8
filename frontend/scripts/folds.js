// The part of the page that the address names is unfolded, and can then be folded again.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  let hidden = false;
  for (const fold of document.querySelectorAll("[data-fold] .fold:not([open])")) {
    if (!fold.closest("[data-fold]").contains(target)) continue;
    fold.open = true;
    hidden = true;
  }
  if (hidden) target.scrollIntoView();
}

if (document.querySelector("[data-fold]")) {
  unfold();
  // From here on the switches alone decide (see folds.css).
  document.documentElement.dataset.folds = "";
  addEventListener("hashchange", unfold);
}
