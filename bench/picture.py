"""A picture and a table of the results, without any library."""

from __future__ import annotations

import math
from typing import Any
from xml.sax.saxutils import escape

NAMES = {
    "yardstick_static": "nginx, файл 30 КБ (мерка)",
    "nginx_home": "главная через nginx",
    "yardstick_hello": "Django «hello» (мерка)",
    "cached_home": "главная из кэша Django",
    "cached_document": "документ из кэша Django",
    "yardstick_wagtail": "голая страница Wagtail (мерка)",
    "home": "главная без кэша",
    "news_list": "список новостей без кэша",
    "news": "новость без кэша",
    "document": "документ без кэша",
    "library": "библиотека без кэша",
    "library_facet": "библиотека с отбором",
    "library_deep": "глубокая страница библиотеки",
    "search_absent": "поиск: слова нет",
    "search_rare": "поиск: редкое слово",
    "search_common": "поиск: слово в 8 % текстов",
    "search_everywhere": "поиск: слово в 85 % текстов",
}
ROW, LEFT, WIDTH = 22, 260, 420
COLOURS = ("#1d5c8f", "#b8722c", "#4c7a3a")


def _rows(results: list[dict[str, Any]]) -> list[str]:
    return [name for name in NAMES if any(name in result["targets"] for result in results)]


def draw(results: list[dict[str, Any]]) -> str:
    """Requests per second at 16 connections, on a scale of powers of ten."""
    rows = _rows(results)
    bar = 8
    row_height = max(ROW, bar * len(results) + 8)
    height = 60 + row_height * len(rows)
    top = 6
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 90} {height}" '
        'font-family="sans-serif" font-size="12" role="img" '
        'aria-label="Запросов в секунду при 16 соединениях">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        '<text x="8" y="18" font-weight="bold">Запросов в секунду при 16 соединениях</text>',
    ]
    for index, result in enumerate(results):
        parts.append(
            f'<rect x="{8 + index * 130}" y="28" width="10" height="10" '
            f'fill="{COLOURS[index % 3]}"/>'
            f'<text x="{22 + index * 130}" y="37">{result["size"]} страниц</text>'
        )
    for number, name in enumerate(rows):
        y = 54 + number * row_height
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 10}" text-anchor="end">{escape(NAMES[name])}</text>'
        )
        for index, result in enumerate(results):
            if name not in result["targets"]:
                continue
            rate = result["targets"][name]["16"]["rps"]
            length = WIDTH * math.log10(max(rate, 1)) / top
            place = y + index * bar
            parts.append(
                f'<rect x="{LEFT}" y="{place}" width="{length:.0f}" height="{bar - 1}" '
                f'fill="{COLOURS[index % 3]}"/>'
                f'<text x="{LEFT + length + 4:.0f}" y="{place + 7}" '
                f'font-size="9">{rate:,.0f}</text>'
            )
    return "\n".join([*parts, "</svg>"]) + "\n"


def table(results: list[dict[str, Any]]) -> str:
    """The same in figures, as Markdown."""
    lines = []
    for result in results:
        hello = result["targets"]["yardstick_hello"]["16"]["rps"]
        lines += [
            f"### {result['size']} страниц",
            "",
            "| что | запросов/с | ÷ hello | медиана, мс | 99 %, мс | одно соединение, мс "
            "| запросов к базе |",
            "|---|---|---|---|---|---|---|",
        ]
        for name in _rows([result]):
            many, one = result["targets"][name]["16"], result["targets"][name]["1"]
            lines.append(
                f"| {NAMES[name]} | {many['rps']:,.0f} | {many['rps'] / hello:.3f} "
                f"| {many['median_ms']:.1f} | {many['p99_ms']:.1f} | {one['median_ms']:.2f} "
                f"| {result['queries'].get(name, '–')} |"
            )
        lines += [
            "",
            f"Публикация новости {result['publish_ms']} мс, проводник {result['explorer_ms']} мс, "
            f"память двух процессов {result['memory_bytes'] / 2**20:.0f} МБ.",
            "",
        ]
    return "\n".join(lines)
