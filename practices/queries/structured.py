"""A practice for machines: schema.org and Dublin Core, in Russian words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from practices.enums import Licence

if TYPE_CHECKING:
    from core.chrome import Chrome
    from practices.models import PracticePage
    from practices.queries.authors import ShownAuthor
    from practices.queries.view import PracticeView

_LICENCE_ADDRESSES = {Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.ru"}


def learning_resource(page: PracticePage, view: PracticeView, chrome: Chrome) -> dict[str, Any]:
    """JSON-LD (schema.org ``LearningResource``); an author stands in it only by consent."""
    published = page.published_on
    known: dict[str, Any] = {
        "headline": page.title,
        "learningResourceType": view.kind,
        "educationalLevel": ", ".join(
            part for part in (page.get_level_display(), view.grades) if part
        ),
        "about": [{"@type": "Thing", "name": name} for name in view.subjects],
        "teaches": page.task_list or page.goal,
        "keywords": page.keyword_list,
        "author": [_author(author, chrome.root) for author in view.authors if author.is_named],
        "sourceOrganization": [
            {"@type": "EducationalOrganization", "name": place.name} for place in view.organisations
        ],
        "datePublished": published.isoformat() if published is not None else "",
        "encoding": [
            {
                "@type": "MediaObject",
                "name": material.title,
                "contentUrl": chrome.root + material.url,
                "encodingFormat": material.content_type,
                "contentSize": str(material.size),
            }
            for material in view.materials
        ],
        "isBasedOn": chrome.root + view.adapted_from.url if view.adapted_from else "",
    }
    return {
        "@type": "LearningResource",
        "isAccessibleForFree": True,
        "license": _licence(page),
        "audience": {"@type": "EducationalAudience", "educationalRole": "teacher"},
        "publisher": {"@type": "Organization", "name": chrome.settings.owner_name},
        **{name: value for name, value in known.items() if value},
    }


def dublin_core(page: PracticePage, view: PracticeView) -> list[tuple[str, str]]:
    """Names and values of the Dublin Core elements, as harvesters read them in a page."""
    published = page.published_on
    pairs = [
        ("title", page.title),
        *(("creator", author.name) for author in view.authors if author.is_named),
        *(("subject", subject) for subject in [*view.subjects, *page.keyword_list]),
        ("description", page.summary),
        ("date", published.isoformat() if published is not None else ""),
        ("type", view.kind),
        ("language", page.locale.language_code),
        ("identifier", page.canonical_url),
        ("rights", _licence(page)),
    ]
    return [(name, value) for name, value in pairs if value]


def _licence(page: PracticePage) -> str:
    address = _LICENCE_ADDRESSES.get(Licence(page.licence))
    return address or str(page.get_licence_display())


def _author(author: ShownAuthor, root: str) -> dict[str, Any]:
    if author.organisation is not None and author.name == author.organisation.name:
        return {"@type": "Organization", "name": author.name}
    known = {
        "jobTitle": author.position,
        "affiliation": author.organisation.name if author.organisation is not None else "",
        "url": root + author.url if author.url else "",
    }
    named = {"@type": "Person", "name": author.name}
    return named | {name: value for name, value in known.items() if value}
