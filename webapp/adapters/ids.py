"""Ids that come from outside: a form may hold anything."""

from uuid import UUID


def uuid_or_none(text: str) -> UUID | None:
    """The id that a text spells, if it spells one."""
    try:
        return UUID(text)
    except ValueError:
        return None
