"""What comparing two spans can come to."""

from __future__ import annotations

from enum import StrEnum

#: Character offsets, end exclusive.
Span = tuple[int, int]


class Relation(StrEnum):
    """How a figure, date or name of the claim stands to one of the evidence.

    ``equal``: the same. ``compatible``: not the same, but neither rules the other out ("more than 70" and "72").
    ``differs``: about the same thing, and both cannot be right. ``unrelated``: about different things.
    """

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    DIFFERS = "differs"
    UNRELATED = "unrelated"

    @property
    def agrees(self) -> bool:
        """Whether both can be right about one thing."""
        return self in (Relation.EQUAL, Relation.COMPATIBLE)


#: Which relation counts where a thing has several counterparts.
PREFERENCE = (Relation.EQUAL, Relation.COMPATIBLE, Relation.DIFFERS, Relation.UNRELATED)
