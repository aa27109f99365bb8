"""Whole pages for anonymous visitors, kept until something on them changes.

While an anonymous page is made, a recorder notes what it is made of (see ``recorder``). Each noted
thing is a tag with a version in the cache; a change of the thing gives its tag a new version after
the commit (see ``versions`` and ``changes``), and every page that carries the old one is made anew.

Nothing has to be declared: pages, images and files are noted one by one as they are read, cards by
kind, language and topic, every other table as a whole. ``depends_on`` is for what the database does
not tell, ``remember`` for parts that are dear to make and stand on many pages, ``hold`` for what a
page alone shows and is dear, too: it serves those who have signed in, whose pages are never kept.
"""

from core.page_cache.fragments import hold, one_epoch, remember
from core.page_cache.keys import allow_query
from core.page_cache.recorder import depends_on, silenced, uncacheable, valid_until
from core.page_cache.versions import purge, purge_all

__all__ = [
    "allow_query",
    "depends_on",
    "hold",
    "one_epoch",
    "purge",
    "purge_all",
    "remember",
    "silenced",
    "uncacheable",
    "valid_until",
]
