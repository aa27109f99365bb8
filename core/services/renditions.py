"""Makes the copies of pictures that the templates show, before a visitor asks for them."""

from __future__ import annotations

import logging

from django.core.cache import cache
from django.db.models import Count, F, Q
from wagtail.images.models import Filter

from core.models import PortalImage

logger = logging.getLogger("portal.renditions")

# Everything the public templates ask for; a test compares this list with them.
SPECS = (
    *(
        f"{size}|format-{kind}"
        for size in ("width-400", "width-800", "width-1200")
        for kind in ("avif", "webp", "jpeg")
    ),
    *(f"fill-600x450|format-{kind}" for kind in ("avif", "webp", "jpeg")),
    *(f"fill-200x200|format-{kind}" for kind in ("avif", "jpeg")),
    "width-1200|format-webp",
    "fill-1200x630|format-jpeg",
    "fill-1280x720|format-webp",
)
WANTED = tuple(dict.fromkeys(SPECS))
# A picture that cannot be read is tried again after a day, not at every turn.
_RETRY_SECONDS = 24 * 60 * 60


def make_renditions(*, image: PortalImage) -> bool:
    """Make what is missing of one picture; False when the picture cannot be read."""
    try:
        image.get_renditions(*(Filter(spec=spec) for spec in WANTED))
    except Exception as error:  # whatever a damaged file does to the library
        logger.warning(
            "Picture %s cannot be resized (%s). Upload it anew.", image.pk, type(error).__name__
        )
        cache.set(_failed(image.pk), True, _RETRY_SECONDS)
        return False
    return True


def make_missing_renditions(*, limit: int) -> int:
    """Make what is missing of at most ``limit`` pictures, the newest first; returns how many."""
    ready = Count("renditions", filter=Q(renditions__filter_spec__in=WANTED), distinct=True)
    waiting = (
        PortalImage.objects.annotate(ready=ready)
        .filter(ready__lt=len(WANTED))
        .order_by(F("created_at").desc(), "-pk")
    )
    made = 0
    for image in waiting[: limit * 2]:
        if made < limit and not cache.get(_failed(image.pk)):
            made += make_renditions(image=image)
    return made


def _failed(pk: int) -> str:
    return f"rendition-failed:{pk}"
