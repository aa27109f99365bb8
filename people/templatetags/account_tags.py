"""Tags of the pages of accounts."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from people.devices import device_words

register = template.Library()
register.filter("device", device_words)


@register.filter
def as_json(value: Any) -> str:
    """JSON for an attribute of an element, where the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)
