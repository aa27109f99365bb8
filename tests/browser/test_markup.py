"""The check of the markup names every mistake, however many there are."""

from pathlib import Path

from tests.browser.markup import mistakes

_PAGE = """<!DOCTYPE html>
<html lang="ru">
<head><title>Страница</title></head>
<body><h1>Страница</h1>
{}</body>
</html>
"""


def test_hundreds_of_mistakes_are_all_named(tmp_path: Path) -> None:
    pages = {
        "right": _PAGE.format(""),
        "wrong": _PAGE.format('<p style="color: red">а</p>\n' * 500),
    }
    found = mistakes(pages, tmp_path)
    assert len(found) == 500
    assert found[-1].startswith("wrong:504 no-inline-style: ")
    # More than a pipe holds, which is where the answer used to end.
    assert (tmp_path / "mistakes.json").stat().st_size > 65_536
