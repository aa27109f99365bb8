// The forms of the cabinet wait for a log-in in another tab instead of losing what was written.
import { guardForms } from "./session-guard.js";

guardForms();
