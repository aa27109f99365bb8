"""The version for visually impaired: cookie, view, safety of the way back."""

from http.cookies import SimpleCookie

import pytest
from django.test import Client, RequestFactory

from core.vision import CHOICES, OFF, VisionSettings


def test_canonical_cookie_round_trip() -> None:
    settings = VisionSettings(True, "3", "wb", "off", "2", "plain")
    assert settings.cookie == "3.wb.off.2.plain"
    assert VisionSettings.from_cookie(settings.cookie) == settings
    assert settings.cache_key == settings.cookie


@pytest.mark.parametrize(
    "value",
    [
        *[None, "", "on", "2.bw.on.1", "2.bw.on.1.golos.", "5.bw.on.1.golos", "2.red.on.1.golos"],
        *[
            "2.bw.on.1.golos ",
            "2.BW.on.1.golos",
            "0" * 5000,
            '2.bw.on.1."><script>',
            "....",
            "२.bw.on.1.golos",
        ],
    ],
)
def test_malformed_cookie_is_no_cookie(value: str | None) -> None:
    assert VisionSettings.from_cookie(value) is OFF
    assert OFF.cache_key == ""
    assert OFF.html_attrs == ""


def test_number_of_cache_variants_is_closed() -> None:
    variants = 1
    for values in CHOICES.values():
        variants *= len(values)
    assert variants == 192


def test_html_attributes() -> None:
    attrs = VisionSettings.from_cookie("2.bw.off.1.plain").html_attrs
    assert attrs == (
        ' data-vis="on" data-size="2" data-scheme="bw" data-img="off"'
        ' data-space="1" data-font="plain"'
    )


def test_settings_of_a_preview_win_over_the_cookie() -> None:
    request = RequestFactory().get("/", HTTP_COOKIE="vis=2.bw.on.1.golos")
    request.vis = VisionSettings(True, "4", "wb")
    assert VisionSettings.from_request(request).scheme == "wb"


def cookie(client: Client) -> str:
    return client.cookies["vis"].value if "vis" in client.cookies else ""


def test_switching_on_stores_defaults_and_returns(client: Client) -> None:
    response = client.get("/vision/", {"vis": "on", "next": "/news/?year=2026"})
    assert response.status_code == 302
    assert response["Location"] == "/news/?year=2026"
    assert cookie(client) == "2.bw.on.1.golos"
    morsel = response.cookies["vis"]
    assert morsel["max-age"] == 60 * 60 * 24 * 365
    assert morsel["samesite"] == "Lax"
    assert not morsel["secure"]
    assert "no-store" in response["Cache-Control"]


def test_cookie_is_secure_over_https(client: Client) -> None:
    response = client.get("/vision/", {"vis": "on"}, secure=True)
    assert response.cookies["vis"]["secure"]


def test_changes_are_kept_and_invalid_ones_ignored(client: Client) -> None:
    client.cookies = SimpleCookie({"vis": "3.wb.on.1.golos"})
    client.get("/vision/", {"scheme": "blue", "size": "9", "font": "comic", "img": "off"})
    assert cookie(client) == "3.blue.off.1.golos"


def test_switching_off_deletes_the_cookie(client: Client) -> None:
    client.cookies = SimpleCookie({"vis": "3.wb.on.1.golos"})
    response = client.get("/vision/", {"vis": "off", "next": "/"})
    assert response.cookies["vis"].value == ""
    assert response.cookies["vis"]["max-age"] == 0


@pytest.mark.parametrize(
    "address",
    [
        *[
            "https://evil.example/",
            "//evil.example/",
            "javascript:alert(1)",
            "http:///evil.example",
        ],
        *["/\\evil.example", "/vision/?vis=on", "http://testserver@evil.example/", ""],
        "http://testserver//evil.example/",
    ],
)
def test_never_leaves_the_site(client: Client, address: str) -> None:
    response = client.get("/vision/", {"vis": "on", "next": address})
    assert response["Location"] == "/"


def test_referer_is_used_where_there_is_no_next(client: Client) -> None:
    response = client.get("/vision/", {"vis": "on"}, HTTP_REFERER="http://testserver/docs/?t=1")
    assert response["Location"] == "/docs/?t=1"


def test_only_safe_methods(client: Client) -> None:
    assert client.post("/vision/", {"vis": "on"}).status_code == 405


@pytest.mark.django_db
def test_page_is_changed_by_the_server_alone(client: Client, settings) -> None:
    settings.PATTERN_PAGE = True
    plain = client.get("/patterns/").content.decode()
    assert "data-vis=" not in plain
    assert "data-vision-form" not in plain
    client.cookies = SimpleCookie({"vis": "4.beige.off.3.plain"})
    page = client.get("/patterns/").content.decode()
    assert (
        'data-size="4" data-scheme="beige" data-img="off" data-space="3" data-font="plain"' in page
    )
    assert '<input type="radio" name="size" value="4" checked>' in page
