"""What axe says of a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Rules of colours: also those that axe leaves out of a whole run, such as contrast seven to one.
COLOURS = ("cat.color",)
CONTRAST = "color-contrast"

# Of words in sight that stand in like places and look alike, the first; the contrast is three
# quarters of what a run costs, and a long list says the same of it a hundred times.
_UNLIKE = """() => {
  const kinds = new Map(), known = new WeakMap(), seen = new Set();
  const looks = ['backgroundColor', 'backgroundImage', 'opacity', 'color', 'fontSize',
    'fontWeight', 'textDecoration'];
  const kind = (element) => {
    if (!element) return -1;
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      const words = [kind(element.parentElement), element.localName, element.getAttribute('class'),
        ...looks.map((name) => style[name])].join('|');
      if (!kinds.has(words)) kinds.set(words, kinds.size);
      known.set(element, kinds.get(words));
    }
    return known.get(element);
  };
  const speaks = (element) => element.matches('input, select, textarea') ||
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const options = { opacityProperty: true, visibilityProperty: true };
  return [...document.body.querySelectorAll('*')].filter((element) =>
    speaks(element) && element.checkVisibility(options) &&
    !seen.has(kind(element)) && seen.add(kind(element)));
}"""
_RUN = f"""async ([options, unlike]) => {{
  const where = unlike ? {{ include: ({_UNLIKE})() }} : document;
  return axe.run(where, options);
}}"""


def found_by_axe(
    page: Page, *, rules: tuple[str, ...] = (), repeated: bool = True
) -> list[tuple[str, str, str]]:
    """Rule, place and words of every violation; ``rules``: tags of rules, none for all.

    Not ``repeated``: the contrast of what looks alike is measured once. Where the page has been
    looked at whole in other colours, that is enough: what lies upon what is the same.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    runs = [(options, not repeated)]
    if not (repeated or rules):
        alone = {**options, "runOnly": {"type": "rule", "values": [CONTRAST]}}
        rest = {**options, "rules": {CONTRAST: {"enabled": False}}}
        runs = [(rest, False), (alone, True)]
    return [
        (found["id"], str(node["target"]), node.get("failureSummary", ""))
        for run in runs
        for found in page.evaluate(_RUN, run)["violations"]
        for node in found["nodes"]
    ]


def violations(page: Page) -> list[str]:
    """What axe says of the page, one line for each element."""
    return [f"{rule}: {place} {words}" for rule, place, words in found_by_axe(page)]


def violations_in_other_colours(page: Page) -> list[str]:
    """What axe says of the colours of a page that has been looked at whole in others."""
    found = found_by_axe(page, rules=COLOURS, repeated=False)
    return [f"{rule}: {place} {words}" for rule, place, words in found]
