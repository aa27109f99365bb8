"""A real browser in front of the embedded portal with the demonstration content.

Every test watches what the pages do: a request to another host, an error in the console (a CSP
violation is one) or an exception in a script fails it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.portal_process import PortalProcess, make_template
from tests.database import BASE_DIR
from tests.legs import CHROMIUM

FLAGS = [
    *["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    *["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    *["--disable-dev-shm-usage", "--lang=ru-RU"],
]
PHONE = {"width": 360, "height": 740}
SCREENSHOTS = BASE_DIR / "var" / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Debian's own chromium; a missing one is never passed over in silence."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("No chromium here. On Debian: apt-get install chromium")
    return {"executable_path": path, "headless": True, "args": FLAGS}


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalProcess]:
    """The portal of this test process. Tests add to it and leave what is there."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = tmp_path_factory.mktemp("portal") / "var"
    shutil.copytree(make_template(shared / "portal-template"), folder)
    process = PortalProcess(folder)
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def base_url(portal: PortalProcess) -> str:
    """`page.goto("/novosti/")` means the portal of this process."""
    return portal.url


class Watch:
    """What the pages of a context did that they must not do."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.trouble: list[str] = []
        # A test of an error page expects the browser to speak of its status.
        self.expected: list[str] = []

    def follow(self, context: BrowserContext) -> Callable[[], None]:
        """Listen to every request and every console of the context; returns how to stop."""
        heard: dict[str, Callable[..., None]] = {
            "request": lambda request: self._check_host(request.url),
            "console": lambda message: self._check_console(message.type, message.text),
            "weberror": lambda error: self.trouble.append(f"script: {error.error}"),
        }
        for event, hear in heard.items():
            context.on(event, hear)  # type: ignore[call-overload]

        def stop() -> None:
            for event, hear in heard.items():
                context.remove_listener(event, hear)

        return stop

    def _check_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.trouble.append(f"foreign host: {url}")

    def _check_console(self, kind: str, text: str) -> None:
        if kind == "error" and not any(words in text for words in self.expected):
            self.trouble.append(f"console: {text}")


@pytest.fixture
def watch(portal: PortalProcess) -> Iterator[Watch]:
    """The watch over all contexts of a test."""
    watch = Watch(urlsplit(portal.url).netloc)
    yield watch
    assert watch.trouble == []


class Windows:
    """Windows that one test has left are as new for the next, but know the scripts and styles.

    A window that knows nothing reads, unpacks and translates all of them again: half the time of
    a test that looks at one page. Nobody is signed in, nothing is remembered, no page is open.
    """

    def __init__(self, browser: Browser, host: str) -> None:
        self._browser, self._host = browser, host
        self._left: dict[str, list[BrowserContext]] = {}

    def take(self, options: dict[str, Any]) -> BrowserContext:
        """A window with these ``options`` of Playwright."""
        left = self._left.setdefault(repr(sorted(options.items())), [])
        return left.pop() if left else self._browser.new_context(**options)

    def leave(self, context: BrowserContext, options: dict[str, Any]) -> None:
        """Forget what the test did there, and keep one page: a new one would begin anew too."""
        page, *others = context.pages or [context.new_page()]
        for other in others:
            other.close()
        page.unroute_all()
        if page.url.startswith(self._host):
            page.evaluate("try { sessionStorage.clear() } catch {}")
        page.goto("about:blank")
        colours = options.get("color_scheme", "light")
        page.emulate_media(media="null", color_scheme=colours)
        page.set_viewport_size(options["viewport"])
        devtools = context.new_cdp_session(page)
        kinds = "local_storage,indexeddb,cache_storage"
        forgotten = {"origin": self._host, "storageTypes": kinds}
        devtools.send("Storage.clearDataForOrigin", forgotten)
        devtools.detach()
        context.clear_cookies()
        context.clear_permissions()
        self._left[repr(sorted(options.items()))].append(context)


def first_page(context: BrowserContext) -> Page:
    """The page of a window that has just been opened."""
    return context.pages[0] if context.pages else context.new_page()


@pytest.fixture(scope="session")
def windows(browser: Browser, portal: PortalProcess) -> Windows:
    """The windows of this test process."""
    return Windows(browser, portal.url)


@pytest.fixture
def open_context(windows: Windows, portal: PortalProcess, watch: Watch) -> Iterator[Callable]:
    """Opens a watched window: ``open_context(viewport=PHONE, java_script_enabled=False)``."""
    taken: list[tuple[BrowserContext, dict[str, Any], Callable[[], None]]] = []

    def make(**options: object) -> BrowserContext:
        settings = {
            "base_url": portal.url,
            "locale": "ru-RU",
            "timezone_id": "Asia/Yekaterinburg",
            "viewport": {"width": 1280, "height": 900},
            "reduced_motion": "reduce",
            **options,
        }
        context = windows.take(settings)
        taken.append((context, settings, watch.follow(context)))
        context.set_default_timeout(15_000)
        return context

    yield make
    for context, settings, stop in taken:
        stop()
        windows.leave(context, settings)


@pytest.fixture
def context(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    """The window of the ordinary ``page`` fixture, watched."""
    return open_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of a visitor at a desk."""
    return first_page(context)


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """A page of a visitor with a phone 360 pixels wide."""
    return first_page(open_context(viewport=PHONE, has_touch=True, is_mobile=True))


@pytest.fixture
def without_scripts(open_context: Callable[..., BrowserContext]) -> Page:
    """A page in which no script runs."""
    return first_page(open_context(java_script_enabled=False))


@pytest.fixture
def sign_in(open_context: Callable[..., BrowserContext], portal: PortalProcess) -> Callable:
    """Opens a page in which the person of a role is signed in: ``sign_in("Редакторы")``."""

    def make(role: str, **options: object) -> Page:
        page = first_page(open_context(**options))
        page.goto("/account/log-in/")
        page.fill("input[name=login]", portal.inventory["people"][role])
        page.fill("input[name=password]", portal.inventory["password"])
        page.click("main form:not([data-passkey]) button.btn")
        page.wait_for_url(lambda url: "/log-in" not in url)
        return page

    return make


@pytest.fixture
def shot() -> Callable[..., Path]:
    """Saves a picture of the page under var/screenshots.

    ``document="docs/img/home.png"`` names a picture that a document shows; `make pictures` writes
    those anew, an ordinary run of the tests leaves them alone.
    """

    def save(page: Page, name: str, *, document: str = "", **options: object) -> Path:
        page.evaluate("document.fonts.ready")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, **options)
        if document and os.environ.get("PICTURES"):
            target = BASE_DIR / document
            target.parent.mkdir(parents=True, exist_ok=True)
            with Image.open(path) as picture:
                picture.convert("RGB").quantize(256).save(target, optimize=True)
        return path

    return save
