"""Rights of a person: what is held, what is handed out, what is erased (docs/adr/0016)."""

from core.rights.registry import (
    Fate,
    PersonalData,
    personal_data,
    register_impersonal,
    register_personal_data,
    unregistered_models,
)
from core.rights.subject import NO_ACCOUNT, DataSubject
from core.rights.texts import current_mentions, name_nobody, without_name

__all__ = [
    "NO_ACCOUNT",
    "DataSubject",
    "Fate",
    "PersonalData",
    "current_mentions",
    "name_nobody",
    "personal_data",
    "register_impersonal",
    "register_personal_data",
    "unregistered_models",
    "without_name",
]
