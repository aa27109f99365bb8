// Version for visually impaired: applies a choice at once instead of after a reload.
// The cookie has the same shape that core/vision.py reads: size.scheme.img.space.font
const NAMES = ["size", "scheme", "img", "space", "font"];
const YEAR = 60 * 60 * 24 * 365;

const root = document.documentElement;
const form = document.querySelector("[data-vision-form]");

function apply() {
  const values = NAMES.map((name) => form.elements[name].value);
  NAMES.forEach((name, index) => {
    root.dataset[name] = values[index];
  });
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `vis=${values.join(".")}; path=/; max-age=${YEAR}; SameSite=Lax${secure}`;
}

if (form) {
  form.addEventListener("change", apply);
  form.querySelector("[data-vision-apply]")?.setAttribute("hidden", "");
}
