"""Russian typography: what must not be torn apart at the end of a line."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

NBSP = "\N{NO-BREAK SPACE}"

_SHORT_WORDS = (
    "а|без|в|во|до|за|и|из|или|изо|к|как|ко|на|над|не|ни|но|о|об|обо|от|ото|"
    "по|под|при|про|с|со|то|у|я"
)
_UNITS = (
    "%|‰|₽|руб\\.|тыс\\.|млн|млрд|км|м|см|мм|кг|г|л|ч|час(?:а|ов)?|мин|минут[аы]?|КБ|МБ|ГБ|"
    "год(?:а|у|ом|ов)?|лет|дн(?:я|ей|и)|день|недел[ьяию]+|месяц(?:а|ев)?|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "класс(?:а|е|ы|ов)?|мер[аы]?|мест[ао]?|учител(?:ь|я|ей)|педагог(?:а|ов)?|пункт(?:а|ов)?|"
    "школ[аы]?|документ(?:а|ов)?|человека?"
)

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # A dash is never at the start of a line.
    (re.compile(r"[ \t\n]+(?=[–—] )"), NBSP),
    # «№ 64», «§ 3», «ст. 5», «п. 2», «с. Курманаевка», «г. Оренбург», «ул. Крупской»
    (re.compile(r"([№§]) ?(?=[\dА-Яа-яA-Za-z])"), rf"\1{NBSP}"),
    (
        re.compile(
            r"(?<![\w-])((?:ст|п|пп|с|г|гг|ул|д|стр|рис|табл|им|пос)\.) (?=[\dА-ЯЁ«])", re.I
        ),
        rf"\1{NBSP}",
    ),
    # «И. О. Фамилия»
    (re.compile(r"(?<!\w)([А-ЯЁ]\.) ?([А-ЯЁ]\.) ?(?=[А-ЯЁ][а-яё])"), rf"\1{NBSP}\2{NBSP}"),
    # A number and its unit; groups of digits.
    (re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![\w]))"), NBSP),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NBSP),
    # Particles lean on the word before them.
    (re.compile(r"(?<=\w) (?=(?:бы|б|же|ж|ли|ль)(?!\w))", re.I), NBSP),
    # Short prepositions and conjunctions lean on the word after them; twice for «и в школе».
    (re.compile(rf"(?<![\w-])({_SHORT_WORDS}) (?=\S)", re.I), rf"\1{NBSP}"),
)


# Titles, names and dates are the same on page after page.
@lru_cache(maxsize=4096)
def typograph(text: str) -> str:
    """Bind with non-breaking spaces what Russian typography keeps on one line. Plain text only."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


_TAG = re.compile(r"(<[^>]*>)")
_VERBATIM = re.compile(r"<(/?)(pre|code|script|style|textarea)\b", re.I)


def typograph_html(html: str) -> str:
    """The same for HTML: tags, attributes and the inside of code stay as they are."""
    out: list[str] = []
    depth = 0
    for part in _TAG.split(html):
        if part.startswith("<"):
            found = _VERBATIM.match(part)
            if found:
                depth += -1 if found.group(1) else 1
            out.append(part)
        else:
            out.append(part if depth > 0 else typograph(part))
    return "".join(out)


def plural(number: int, forms: tuple[str, str, str]) -> str:
    """The Russian form that goes with ``number``: (1 мера, 2 меры, 5 мер)."""
    number = abs(number)
    if number % 10 == 1 and number % 100 != 11:
        return forms[0]
    if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14:
        return forms[1]
    return forms[2]


def file_size(size: int | None) -> str:
    """«1,4 МБ»: binary steps, one decimal below ten, comma and non-breaking space."""
    if size is None or size < 0:
        return ""
    value, step = float(size), 0
    while value >= 1024 and step < 3:
        value, step = value / 1024, step + 1
    unit = ("Б", "КБ", "МБ", "ГБ")[step]
    text = f"{value:.1f}".replace(".", ",").removesuffix(",0")
    return f"{text if step >= 2 and value < 10 else round(value)}{NBSP}{unit}"


def phone_address(phone: str) -> str:
    """``tel:`` address of a Russian telephone number; an extension is kept after a comma pause."""
    main, *extension = re.split(r"(?:доб|ext)\.?|,|;", phone, maxsplit=1, flags=re.I)
    digits = re.sub(r"\D", "", main)
    if len(digits) == 11 and digits[0] in "78":
        digits = f"+7{digits[1:]}"
    elif len(digits) == 10:
        digits = f"+7{digits}"
    elif main.strip().startswith("+"):
        digits = f"+{digits}"
    inner = re.sub(r"\D", "", extension[0]) if extension else ""
    return f"tel:{digits},{inner}" if inner else f"tel:{digits}"


def days_until(day: date, today: date) -> int:
    """Whole days from ``today`` to ``day``; negative when it has passed."""
    return (day - today).days


def document_number(number: str) -> str:
    """«№ 64»; words like «без номера» stay without the sign."""
    return f"№{NBSP}{number}" if number[:1].isdigit() else number
