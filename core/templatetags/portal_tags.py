"""Everything that public templates are written with: `{% load portal_tags %}` opens every room."""

from __future__ import annotations

from django import template

from core.templatetags import drawing_tags, form_tags, frame_tags, link_tags, wording_tags

register = template.Library()

for _room in (frame_tags, drawing_tags, wording_tags, form_tags, link_tags):
    register.tags.update(_room.register.tags)
    register.filters.update(_room.register.filters)
