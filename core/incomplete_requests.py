"""A form of the admin that arrives without its fields is refused, not called our error."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request

logger = logging.getLogger(__name__)


class IncompleteRequestMiddleware:
    """Answers 400 where Wagtail takes for granted that a field was sent.

    It reads the fields before it writes anything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, MultiValueDictKeyError):
            return None
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        logger.warning("a form of the admin arrived without %s", error)
        return bad_request(request, error)
