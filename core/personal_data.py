"""Takes people and keys out of a text before it is written down.

Telephone numbers, e-mail addresses and keys have a shape, so they are always found. A name has
none: found are names with a patronymic or initials, frequent first names beside a word with a
capital, what a database quotes of a row, what stands
in an address after the question mark, and Russian words that an error quotes.
"""

from __future__ import annotations

import re

from core.first_names import FIRST_NAME

# Each begins only where a word begins, so that a long text costs no more than its length.
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_DASH = "[-\N{NON-BREAKING HYPHEN}\N{EN DASH}]"
_GAP = rf"(?:\s|{_DASH}|[()])"
_PHONES = re.compile(
    "|".join(
        (
            # With the country: +7 (35341) 2-13-64, 8 922 123-45-67, 89221234567. Two gaps at most
            # stand between the groups, so a date or a number of a document stays readable.
            rf"(?<![\w-])(?<!\d\.)(?:\+7|8|7){_GAP}{{0,2}}\d{{3,5}}{_GAP}{{0,2}}"
            rf"\d{{1,3}}{_GAP}?\d{{2}}{_GAP}?\d{{2}}(?!\w)",
            rf"\+\d(?:{_GAP}{{0,2}}\d){{8,13}}(?!\w)",
            # A mobile number without it.
            r"(?<![\w-])(?<!\d\.)9\d{9}(?!\w)",
            # Within a district or a town: 2-30-45, (34365) 2-10-11, 77-12-34, 123-45-67.
            rf"(?:\(\d{{3,5}}\)\s?)?(?<![\w-])(?<!\d\.)\d{{1,3}}{_DASH}\d\d{_DASH}\d\d(?![\w-])",
        )
    )
)
# Five digits with spaces are a number of a telephone only where a word says so.
_NAMED_PHONE = re.compile(
    rf"\b(тел(?:ефон\w*)?\.?|phone|tel)([\s:№]{{1,3}})\(?\d(?:{_GAP}{{0,2}}\d){{3,11}}(?!\w)", re.I
)
_INSURANCE = re.compile(r"(?<![\w-])\d{3}-\d{3}-\d{3}[\s-]\d{2}(?![\w-])")

_SPACE = r"(?:\s|_|\+|%20)"
# Петрович, Ильич, Петровна, Ильинична in all their cases.
_PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:ич(?:а|у|ем|ом|е)?|(?:[ое]вн|ичн)(?:а|ы|е|у|ой))"
_NAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = rf"[А-ЯЁ]\.{_SPACE}?[А-ЯЁ]\."
_NAMES = re.compile(
    rf"\b(?:(?:{_NAME}{_SPACE}){{1,2}}{_PATRONYMIC}(?:{_SPACE}{_NAME})?"
    rf"|{_PATRONYMIC}{_SPACE}{_NAME}"
    rf"|{_NAME}{_SPACE}{_INITIALS}|{_INITIALS}{_SPACE}?{_NAME})(?!\w)"
)
# Мария Иванова, Иванова Мария. A word that only begins the sentence goes with them.
_FULL_NAMES = re.compile(
    rf"\b(?:(?:{_NAME}{_SPACE})?{FIRST_NAME}{_SPACE}{_NAME}|{_NAME}{_SPACE}{FIRST_NAME})(?!\w)"
)

# What PostgreSQL quotes of a row, in the languages it speaks here, up to what comes after it.
_ROW = re.compile(
    r"^(DETAIL|CONTEXT|LINE \d+|ПОДРОБНОСТИ|ДЕТАЛИ|КОНТЕКСТ|СТРОКА \d+):(.*?)"
    r"(?=^(?:DETAIL|CONTEXT|HINT|LINE \d|ПОДРОБНОСТИ|ДЕТАЛИ|КОНТЕКСТ|ПОДСКАЗКА|СТРОКА \d)"
    r"|^\s*$|^Traceback|^  File |\Z)",
    re.S | re.M,
)
_COLUMNS = re.compile(r"\(([\w\s,\"]+)\)=\(")
_WRONG_VALUE = re.compile(r"(invalid input[^:\n]*: |неверный синтаксис[^:\n]*: )\".*\"")

_QUERY = re.compile(r"(?<=[?&;])([^=&;\s\"'?]+)=[^&;\s\"']+")
_KEYS = re.compile(
    r"\b(password|passwd|token|secret|secret_key|sessionid|csrftoken|csrfmiddlewaretoken|api[_-]?key"
    r"|authorization|cookie)\b([\"']?\s*[:=]\s*[\"']?)(?:(?:Bearer|Basic|Token)\s+)?[^\s\"',;&]+",
    re.I,
)
# The link of a letter that sets a new password; whoever has it, has the account.
_RESET = re.compile(r"\b[a-z0-9]{6,7}-[0-9a-f]{32,64}\b")
_CREDENTIALS = re.compile(r"(?<=://)[^\s/@]+@")
_QUOTED = re.compile(r"(?<!\w)(['\"])(?=[^'\"\n]*[А-Яа-яЁё])[^'\"\n]*\1")


def without_personal_data(text: str) -> str:
    """The text without people, ways to reach them, and keys."""
    text = _ROW.sub(_only_columns, text)
    text = _WRONG_VALUE.sub(r'\1"…"', text)
    text = _RESET.sub("[key]", text)
    text = _CREDENTIALS.sub("…@", text)
    text = _QUERY.sub(r"\1=…", text)
    text = _KEYS.sub(r"\1\2…", text)
    text = _EMAIL.sub("[e-mail]", text)
    text = _INSURANCE.sub("[number]", text)
    text = _PHONES.sub("[telephone]", text)
    text = _NAMED_PHONE.sub(r"\1\2[telephone]", text)
    text = _NAMES.sub("[name]", text)
    return _FULL_NAMES.sub("[name]", text)


def error_without_personal_data(text: str) -> str:
    """The same of an error: the Russian words it quotes are somebody's input."""
    return _QUOTED.sub(r"\1…\1", without_personal_data(text))


def _only_columns(match: re.Match[str]) -> str:
    """Which columns were in conflict helps the operator; what stood in them does not."""
    columns = _COLUMNS.search(match[2])
    return f"{match[1]}: ({columns[1]})=(…)\n" if columns else f"{match[1]}: …\n"
