"""ports.Audit, over SQLite, PostgreSQL and memory."""

from tests.contracts.conftest import MEMORY, NOW
from webapp.adapters.audit import PiccoloAudit
from webapp.adapters.database.tables import Event
from webapp.adapters.memory import MemoryAudit


async def test_events_are_kept_in_the_order_they_happened(place: str) -> None:
    noted = [("identity.proved", "m1", NOW), ("account.created", "m1", NOW), ("identity.proved", "m2", NOW - 1)]
    twin, audit = MemoryAudit(), PiccoloAudit()
    for event in noted:
        await (twin if place == MEMORY else audit).note(*event)
    kept = twin.events
    if place != MEMORY:
        rows = await Event.select().order_by(Event.id)
        kept = [(row["event"], row["subject"], row["at"]) for row in rows]
    assert kept == noted
