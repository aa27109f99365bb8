"""Every page that a visitor reaches by links: it opens, its markup is valid, its anchors exist."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin

import pytest

from tests.browser.markup import mistakes
from tests.browser.portal_process import PortalProcess

# Switches lead back to the page they stand on; the admin is walked elsewhere.
LEFT_OUT = ("/vision/", "/admin/")
# Combinations of facets multiply without end: one choice of each is followed, no two.
MOST_CHOICES = 1
LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
IDENTIFIER = re.compile(r' id="([^"]+)"')


@dataclass
class Answer:
    """What stood behind an address."""

    status: int
    markup: str = ""

    @property
    def anchors(self) -> set[str]:
        return set(IDENTIFIER.findall(self.markup))

    def links(self, address: str) -> set[str]:
        """Addresses to which the page leads, absolute."""
        found = (html.unescape(link) for link in LINK.findall(self.markup))
        return {urljoin(address, link) for link in found}


def read(address: str) -> Answer:
    """Ask for an address as a visitor without a session."""
    try:
        with urllib.request.urlopen(quote(address, safe=":/?&=%#+,;~"), timeout=30) as response:  # noqa: S310 - our own portal
            is_page = response.headers.get_content_type() == "text/html"
            return Answer(response.status, response.read().decode() if is_page else "")
    except urllib.error.HTTPError as error:
        return Answer(error.code)


@pytest.fixture(scope="module")
def site(portal: PortalProcess) -> dict[str, Answer]:
    """All that links lead to, beginning at the home page."""
    found: dict[str, Answer] = {}
    waiting = [f"{portal.url}/"]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found[address] = answer = read(address)
        for link in answer.links(address):
            path = link.removeprefix(portal.url)
            follows = link.startswith(portal.url) and not path.startswith(LEFT_OUT)
            if follows and path.partition("?")[2].count("=") <= MOST_CHOICES:
                waiting.append(urldefrag(link).url)
    return found


def test_every_link_leads_somewhere(site: dict[str, Answer]) -> None:
    assert len(site) > 100
    assert {address: a.status for address, a in site.items() if a.status != 200} == {}


def test_every_anchor_is_there(site: dict[str, Answer]) -> None:
    missing = []
    for address, answer in site.items():
        for link in answer.links(address):
            page, anchor = urldefrag(link)
            if anchor and page in site and anchor not in site[page].anchors:
                missing.append(f"{address} -> {link}")
    assert missing == []


def test_no_page_says_one_address_twice(site: dict[str, Answer]) -> None:
    twice = {}
    for address, answer in site.items():
        found = IDENTIFIER.findall(answer.markup)
        if repeated := {name for name in found if found.count(name) > 1}:
            twice[address] = repeated
    assert twice == {}


def test_markup_of_every_page_is_valid(site: dict[str, Answer], tmp_path: Path) -> None:
    pages = {address: answer.markup for address, answer in site.items() if answer.markup}
    assert len(pages) > 60
    assert mistakes(pages, tmp_path) == []
