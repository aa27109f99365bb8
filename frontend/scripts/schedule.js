// The window of the publishing schedule: what is wrong in it is seen at once, and the calendar
// leaves when the field does.
function openWithErrors() {
  const dialog = document.getElementById("schedule-publishing-dialog");
  if (!dialog?.querySelector(".w-field--error, .error-message")) return;
  dialog.dispatchEvent(new CustomEvent("w-dialog:show"));
}

// Wagtail brings the window to its place when its own scripts have started.
addEventListener("load", () => setTimeout(openWithErrors));

const hideCalendar = (input) => window.jQuery?.(input).datetimepicker?.("hide");

// The calendar opens a tenth of a second after its field was entered: whoever is through sooner
// would leave it open behind.
const LATER = 200;

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Tab" || !field.matches("input[type='text']")) return;
  hideCalendar(field);
  setTimeout(() => document.activeElement !== field && hideCalendar(field), LATER);
});
document.addEventListener("w-dialog:hidden", (event) => {
  for (const input of event.target.querySelectorAll("input[type='text']")) hideCalendar(input);
});
