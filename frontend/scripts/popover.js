// Browsers without popover: menu and drawers open and close by a class instead.
if (!("popover" in HTMLElement.prototype)) {
  document.documentElement.classList.add("no-popover");
  for (const button of document.querySelectorAll("[popovertarget]")) {
    const target = document.getElementById(button.getAttribute("popovertarget"));
    button.addEventListener("click", () => target.classList.toggle("is-open"));
  }
}
