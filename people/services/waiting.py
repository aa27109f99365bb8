"""What every request for a decision has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.enums import LinkState, RequestState

if TYPE_CHECKING:
    from people.models import CorrectionRequest, ErasureRequest, StaffLink, StaffMove

    Request = CorrectionRequest | ErasureRequest | StaffLink | StaffMove

_WAITING = {LinkState.REQUESTED.value, RequestState.WAITING.value}


def check_waiting(request: Request) -> None:
    """Raise ValidationError in words when somebody has decided about ``request`` already."""
    if request.state not in _WAITING:
        raise ValidationError(
            _("This request is closed already: %(state)s.")
            % {"state": request.get_state_display().lower()},
            code="closed",
        )
