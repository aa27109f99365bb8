// Everything here improves a page that already works without it.
import "./vision.js";
import "./results.js";
import "./suggest.js";
import "./copy.js";
import "./folds.js";
import "./print.js";
import "./popover.js";
import "./passkey.js";
import "./total.js";
