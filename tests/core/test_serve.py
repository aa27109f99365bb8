"""`manage.py serve` names a taken port, and leads links to the port it serves."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Site

from core.management.commands import serve


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"{port}.*make run PORT="):
            call_command("serve", "--port", str(port))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Starts the command on a free port, without the server itself."""

    def start() -> int:
        with socket.socket() as probe:
            probe.bind((serve.HOST, 0))
            port = int(probe.getsockname()[1])
        call_command("serve", "--port", str(port))
        return port

    monkeypatch.setattr(serve.EmbeddedServer, "__init__", lambda _self, **_options: None)
    monkeypatch.setattr(serve.EmbeddedServer, "run", lambda _self: None)
    return start


@pytest.mark.django_db
def test_links_lead_to_the_port_served(served: Callable[[], int], settings: Any) -> None:
    Site.objects.update(hostname=serve.HOST, port=8000)
    settings.BASE_URL_FOLLOWS_PORT = True
    settings.WAGTAILADMIN_BASE_URL = f"http://{serve.HOST}:8000"
    address = f"http://{serve.HOST}:{served()}"
    assert get_admin_base_url() == address
    assert Site.objects.get().root_url == address


@pytest.mark.django_db
def test_an_address_that_was_given_stays(served: Callable[[], int], settings: Any) -> None:
    Site.objects.update(hostname=serve.HOST, port=8000)
    settings.BASE_URL_FOLLOWS_PORT = False
    given = get_admin_base_url()
    served()
    assert get_admin_base_url() == given
    assert Site.objects.get().port == 8000
