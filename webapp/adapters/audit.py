"""The audit trail in the database: names of events, opaque ids, times."""

from webapp.adapters.database.tables import Event


class PiccoloAudit:
    """ports.Audit."""

    async def note(self, event: str, subject: str, now: float, detail: str = "") -> None:
        """Append one event."""
        await Event.insert(Event(at=now, event=event, subject=subject, detail=detail))
