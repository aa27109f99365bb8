"""The same part sent twice at once, and an end that two requests reach together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from core.models import PrivateFile, PrivateUpload
from core.services.private_uploads import (
    MOST_UPLOADS,
    WrongOffset,
    begin_upload,
    finish_upload,
    receive_part,
)
from tests.core.test_upload_checks import film
from tests.factories.people import UserFactory


def test_one_of_two_equal_parts_counts(ground: None, at_once: Callable[..., list[Any]]) -> None:
    content = film() * 50
    upload = begin_upload(name="урок.mp4", size=len(content), user=UserFactory())

    def send(barrier: threading.Barrier) -> int:
        barrier.wait()
        return receive_part(upload=upload, offset=0, content=content).received

    answers = at_once(send, send, send)
    assert sorted(map(str, answers)) == sorted([str(len(content)), "", ""])
    assert [type(item) for item in answers if not isinstance(item, int)] == [WrongOffset] * 2


def test_two_ends_make_one_file(ground: None, at_once: Callable[..., list[Any]]) -> None:
    content = film() * 50
    upload = begin_upload(name="урок.mp4", size=len(content), user=UserFactory())
    receive_part(upload=upload, offset=0, content=content)

    def finish(barrier: threading.Barrier) -> int:
        mine = PrivateUpload.objects.select_related("file").get(pk=upload.pk)
        barrier.wait()
        return finish_upload(upload=mine).pk

    answers = at_once(finish, finish)
    file = PrivateFile.objects.get()
    assert file.pk in answers
    assert all(isinstance(item, WrongOffset) or item == file.pk for item in answers)
    upload.refresh_from_db()
    assert upload.file == file
    assert file.file.read() == content


def test_the_limit_holds_for_requests_at_once(
    ground: None, at_once: Callable[..., list[Any]]
) -> None:
    user = UserFactory()

    def begin(barrier: threading.Barrier) -> Any:
        barrier.wait()
        return begin_upload(name="урок.mp4", size=100, user=user)

    at_once(*[begin] * (MOST_UPLOADS + 3))
    assert PrivateUpload.objects.count() == MOST_UPLOADS
