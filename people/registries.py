"""What higher apps add to what is shown of people: each registers its own when ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from people.enums import ConsentItem

if TYPE_CHECKING:
    from people.queries.teacher_pages import ShownTeacher


@dataclass(frozen=True)
class TeacherBlock:
    """A part of a teacher's own page that comes from the data of the portal.

    It is shown while the teacher has chosen it and the consent holds ``item``. ``context`` gives
    what ``template`` shows; None: there is nothing to show.
    """

    name: str
    label: Any
    order: int
    item: ConsentItem
    template: str
    context: Callable[[ShownTeacher], dict[str, Any] | None]


_blocks: dict[str, TeacherBlock] = {}


def register_teacher_block(
    name: str, *, label: Any, order: int, item: ConsentItem, template: str
) -> Callable[..., Callable[..., Any]]:
    """Decorate a function from what is shown of a teacher to the context of ``template``.

    ``label`` is what the teacher chooses the block by. The function is called only with the consent
    to ``item``; whatever it reads about other people it has to ask for theirs.
    """

    def register(
        context: Callable[[ShownTeacher], dict[str, Any] | None],
    ) -> Callable[[ShownTeacher], dict[str, Any] | None]:
        _blocks[name] = TeacherBlock(name, label, order, item, template, context)
        return context

    return register


def teacher_blocks() -> list[TeacherBlock]:
    """All blocks in the order in which a page shows them."""
    return sorted(_blocks.values(), key=lambda block: block.order)


_places: dict[str, Any] = {}


def register_opening_place(name: str, *, title: Any) -> None:
    """Let the log of openings say in words where a card was opened.

    ``title`` stands for ``name`` as ``note_openings`` writes it; what follows after a space stays.
    """
    _places[name] = title


def opening_places() -> dict[str, Any]:
    """Every place outside this app where cards are opened, with its words."""
    return dict(_places)
