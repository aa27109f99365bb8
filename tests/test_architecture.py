"""The house rules, as far as a program can check them."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings

from portal.catalogues import catalogues

ROOT = Path(settings.BASE_DIR)
APPS = ["core", "people", "monitoring", "practices", "home"]
TRACKED = subprocess.run(
    ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split("\0")[:-1]
# Written by a program or quoted from somebody: not ours to shorten.
GENERATED = ("/migrations/", "package-lock.json", "/data/", "requirements")
TEXT = (".py", ".html", ".css", ".js", ".mjs", ".md", ".toml", ".json", ".txt", ".po", ".yml")
# Hosts that are named, never fetched: standards and the services of the state.
SPEAKING_HOSTS = ("www.w3.org", "schema.org", "purl.org", "example.org", "example.com", "localhost")


def files(*suffixes: str, under: str = "") -> list[str]:
    """Tracked files with one of these endings."""
    return [
        name
        for name in TRACKED
        if name.endswith(suffixes) and name.startswith(under) and (ROOT / name).is_file()
    ]


def read(name: str) -> str:
    """The text of a tracked file."""
    return (ROOT / name).read_text(encoding="utf-8")


def public_templates() -> list[str]:
    """Templates of the public site: those of the admin stand under Wagtail's own policy."""
    return [
        name
        for name in files(".html")
        if "templates/" in name and "admin" not in name and "/email" not in name
    ]


def test_imports_go_one_way() -> None:
    result = subprocess.run(
        [ROOT / ".venv/bin/lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_file_outgrows_its_room() -> None:
    long = {
        name: lines
        for name in files(".py", ".html", ".css", ".js", ".mjs")
        if not any(part in name for part in GENERATED)
        if (lines := read(name).count("\n")) > 350
    }
    assert long == {}


def test_no_room_for_leftovers() -> None:
    names = {"utils", "helpers", "misc", "common", "tools"}
    assert [name for name in TRACKED if set(Path(name).with_suffix("").parts) & names] == []


def test_nothing_is_put_off() -> None:
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    assert [name for name in files(".py", ".html", ".css", ".js") if words.search(read(name))] == []


def test_no_test_is_switched_off() -> None:
    words = re.compile(r"mark\.(skip|xfail)|pytest\.skip|unittest\.skip")
    found = {
        name: len(words.findall(read(name)))
        for name in files(".py", under="tests/")
        if name != "tests/test_architecture.py" and words.search(read(name))
    }
    # The one is the end of the time that the check of a clone has; its last lines count them.
    assert found == {"tests/conftest.py": 1}


def test_what_commits_stands_apart() -> None:
    """The flush after such a test takes away what all others of its process stand on."""
    assert [
        name
        for name in files(".py", under="tests/")
        if not name.startswith(("tests/races/", "tests/test_architecture.py"))
        if re.search(r"transactional_db|transaction=True", read(name))
        if "standing_on" not in read(name)
    ] == []


def documented(tree: ast.Module) -> Iterator[str]:
    """Public functions and classes at the top of a module that say nothing of themselves."""
    for node in tree.body:
        public = isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ) and not node.name.startswith("_")
        if public and not ast.get_docstring(node):
            yield node.name


def test_services_and_queries_say_what_they_do() -> None:
    rooms = re.compile(r"/(services|queries|permissions|registries|notifications)(/|\.py)")
    silent = {
        name: found
        for name in files(".py")
        if name.split("/")[0] in APPS and rooms.search(name)
        if (found := list(documented(ast.parse(read(name)))))
    }
    assert silent == {}


def test_every_model_has_a_docstring_of_its_own() -> None:
    silent = [
        model._meta.label
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        # Django writes "Model(field, field, …)" where nobody wrote anything.
        if not model.__doc__ or model.__doc__.startswith(f"{model.__name__}(")
        if not model._meta.auto_created
    ]
    assert silent == []


@pytest.mark.parametrize("name", public_templates())
def test_template_keeps_the_content_policy(name: str) -> None:
    source = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", read(name), flags=re.S)
    # Data for search engines is no script.
    source = re.sub(r'<script type="application/ld\+json"', "<data", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", source), "script inside the page"
    assert not re.search(r"<style\b", source), "style inside the page"
    assert not re.search(r"\sstyle=", source), "style attribute"
    assert not re.search(r"\son[a-z]+=", source), "handler attribute"
    hosts = set(re.findall(r"(?:src|srcset|href|action)=\"(?:https?:)?//([^/\"]+)", source))
    assert hosts <= set(SPEAKING_HOSTS), "foreign host"


def test_styles_and_scripts_fetch_from_here() -> None:
    fetch = re.compile(r"(?:url\(|@import|fetch\(|import\()\s*['\"]?(?:https?:)?//")
    assert [
        name for name in files(".css", ".js", ".mjs", under="frontend/") if fetch.search(read(name))
    ] == []


def test_strings_are_written_in_english_and_translated() -> None:
    cyrillic = re.compile("[а-яё]", re.I)
    wrong = []
    for path in catalogues(ROOT):
        for entry in polib.pofile(str(path)):
            if cyrillic.search(entry.msgid):
                wrong.append(f"{path.relative_to(ROOT)}: not English: {entry.msgid}")
            if not entry.translated() or "fuzzy" in entry.flags:
                wrong.append(f"{path.relative_to(ROOT)}: not translated: {entry.msgid}")
            if set(re.findall(r"%\(\w+\)[sd]", entry.msgid)) - set(
                re.findall(r"%\(\w+\)[sd]", entry.msgstr or "".join(entry.msgstr_plural.values()))
            ):
                wrong.append(f"{path.relative_to(ROOT)}: lost a value: {entry.msgid}")
    assert wrong == []


def test_templates_say_nothing_that_cannot_be_translated() -> None:
    cyrillic = re.compile("[а-яё]{2,}", re.I)
    spoken = {}
    for name in public_templates():
        if "patterns" in name:  # the pattern page shows invented content
            continue
        source = re.sub(r"{% comment.*?{% endcomment %}|{#.*?#}", "", read(name), flags=re.S)
        if found := cyrillic.findall(source):
            spoken[name] = found[:3]
    assert spoken == {}


def test_lock_files_name_no_registry() -> None:
    lock = json.loads(read("package-lock.json"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    for name in ("requirements.txt", "requirements-dev.txt", "requirements.in", ".npmrc"):
        assert "://" not in read(name), name


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned(name: str) -> None:
    lines = [line for line in read(name).splitlines() if line and not line.startswith("#")]
    assert [
        line for line in lines if not re.match(r"[a-z0-9.\[\]_-]+==[\w.!+]+( ;.*)?$", line)
    ] == []


def test_what_runs_needs_nothing_of_what_checks() -> None:
    checking = {"pytest", "pytest-django", "ruff", "mypy", "playwright", "factory-boy", "djlint"}
    runtime = {line.split("==")[0] for line in read("requirements.txt").splitlines()}
    assert runtime & checking == set()


def test_the_project_speaks_of_itself_only() -> None:
    """No path of a machine and no name of a workplace tool stands in the project."""
    words = re.compile(
        r"(?<![\w.$/}])/(?:tmp|work)/|\bissue #?\d|\bsession \d|worktree|\bhelpers?\b", re.I
    )
    found = {}
    for name in files(*TEXT):
        if any(part in name for part in GENERATED) or name == "tests/test_architecture.py":
            continue
        if match := words.search(read(name)):
            found[name] = match.group()
    assert found == {}


def test_readme_names_every_setting() -> None:
    source = "".join(read(name) for name in files(".py", under="portal/settings/"))
    asked = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source))
    table = set(re.findall(r"^\| `([A-Z_]+)`", read("README.md"), re.M))
    assert table - {"DJANGO_SETTINGS_MODULE"} == asked


def test_documents_link_to_what_exists() -> None:
    broken = []
    for name in files(".md"):
        targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(name))
        folder = (ROOT / name).parent
        broken += [f"{name}: {target}" for target in targets if not (folder / target).exists()]
    assert broken == []


def test_every_decision_is_listed() -> None:
    listed = set(re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", read("docs/adr/README.md")))
    assert listed == {Path(name).name for name in files(".md", under="docs/adr/0")}
