"""Checks of uploaded files by what they hold, not by what they are called.

``check_upload(file)`` is the one entrance for every form, service and API that takes a file. It
raises ``ValidationError`` with one clear sentence and one of the codes of ``Refusal``, or returns
what it learned about the file.
"""

from core.uploads.checks import check_upload
from core.uploads.kinds import allowed_endings, content_type_of, is_film, opens_in_browser
from core.uploads.refusals import FileFacts, Refusal

__all__ = [
    "FileFacts",
    "Refusal",
    "allowed_endings",
    "check_upload",
    "content_type_of",
    "is_film",
    "opens_in_browser",
]
