"""The whole admin speaks Russian: what packages leave in English is in locale_upstream."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as translate
from django.utils.translation import ngettext, override

from people.models import User

PACKAGES = ("wagtail", "wagtail_localize", "django_filters", "taggit")
OURS = Path(settings.BASE_DIR) / "locale_upstream" / "ru" / "LC_MESSAGES" / "django.po"
OF_TESTS = ("test", "tests", "styleguide", "simple_translation")

Key = tuple[str | None, str]


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent


def complete(entry: polib.POEntry) -> bool:
    forms = entry.msgstr_plural
    return all(forms.values()) if forms else bool(entry.msgstr)


def translated(package: Path, domain: str) -> set[Key]:
    """Everything that the Russian catalogues of a package say."""
    found: set[Key] = set()
    for path in package.glob(f"**/locale/ru/LC_MESSAGES/{domain}.mo"):
        found |= {(e.msgctxt, e.msgid) for e in polib.mofile(str(path)) if complete(e)}
    return found


def missing(name: str) -> list[str]:
    """Strings of a package that neither it nor we translate."""
    package = package_folder(name)
    found = []
    for domain in ("django", "djangojs"):
        known = translated(package, domain)
        if domain == "django":
            known |= {(e.msgctxt, e.msgid) for e in polib.pofile(str(OURS)) if complete(e)}
        for path in sorted(package.glob(f"**/locale/en/LC_MESSAGES/{domain}.po")):
            if set(path.relative_to(package).parts) & set(OF_TESTS):
                continue
            found += [
                f"{path.relative_to(package).parts[0]}: {entry.msgid}"
                for entry in polib.pofile(str(path))
                if not entry.obsolete and (entry.msgctxt, entry.msgid) not in known
            ]
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_every_string_of_the_package_is_translated(package: str) -> None:
    assert missing(package) == []


def test_our_additions_keep_their_placeholders_and_plurals() -> None:
    catalogue = polib.pofile(str(OURS))
    assert "nplurals=3" in catalogue.metadata["Plural-Forms"]
    # The name of a kind has no case forms, so Russian may do without it; nothing else is left out.
    names = re.compile(r"%\((?!model_name\))(\w+)\)s")
    for entry in catalogue:
        assert complete(entry), entry.msgid
        original = entry.msgid_plural or entry.msgid
        for said in entry.msgstr_plural.values() or [entry.msgstr]:
            assert set(names.findall(original)) == set(names.findall(said)), entry.msgid


def test_our_additions_reach_the_admin() -> None:
    with override("ru"):
        assert translate("Locked by") == "Кто заблокировал"
        assert translate("- Select an option -") == "— выберите —"


def test_our_words_leave_those_of_the_packages_their_meaning() -> None:
    """A catalogue holds one meaning of a word; ours, a teacher who is moved, has a context."""
    meant = {"Move": "Переместить", "Name": "Название", "Type": "Тип", "Target": "Перевод"}
    with override("ru"):
        assert {word: translate(word) for word in meant} == meant


def test_plurals_of_the_packages_are_russian() -> None:
    with override("ru"):
        forms = {
            number: ngettext("%(total)s news item", "%(total)s news items", number)
            for number in (1, 3, 11, 25)
        }
    assert [form % {"total": number} for number, form in forms.items()] == [
        "1 новость",
        "3 новости",
        "11 новостей",
        "25 новостей",
    ]


def test_times_ago_are_russian() -> None:
    with override("ru"):
        said = str(naturaltime(timezone.now() - timedelta(seconds=12)))
    assert said.replace("\xa0", " ") == "12 секунд назад"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_home",
        "wagtailadmin_account",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_workflows:index",
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailimages:index",
        "wagtaildocs:index",
        "wagtailredirects:index",
        "wagtaillocales:index",
    ],
)
def test_screens_name_no_foreign_host_and_no_wagtail(name: str, superuser: User) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="ru")
    client.force_login(superuser)
    html = client.get(reverse(name)).content.decode()
    assert "gravatar" not in html
    assert "wagtail.org" not in html
    assert "<title>" in html
    assert "Wagtail</title>" not in html
    assert '<html lang="ru"' in html or 'lang="ru"' in html
