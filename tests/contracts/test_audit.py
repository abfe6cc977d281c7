"""ports.Audit, over SQLite, PostgreSQL and memory."""

from tests.contracts.conftest import MEMORY, NOW
from webapp.adapters.audit import PiccoloAudit
from webapp.adapters.database.tables import Event
from webapp.adapters.memory import MemoryAudit


async def test_events_are_kept_in_the_order_they_happened(place: str) -> None:
    noted = [
        ("identity.proved", "m1", NOW, ""),
        ("contact.replaced", "m1", NOW, "a case number"),
        ("identity.proved", "m2", NOW - 1, ""),
    ]
    twin, audit = MemoryAudit(), PiccoloAudit()
    for event in noted:
        await (twin if place == MEMORY else audit).note(*event)
    kept = twin.events
    if place != MEMORY:
        rows = await Event.select().order_by(Event.id)
        kept = [(row["event"], row["subject"], row["at"], row["detail"]) for row in rows]
    assert kept == noted


async def test_an_event_needs_no_detail(place: str) -> None:
    twin, audit = MemoryAudit(), PiccoloAudit()
    await (twin if place == MEMORY else audit).note("identity.proved", "m1", NOW)
    details = [detail for *_, detail in twin.events]
    if place != MEMORY:
        details = [row["detail"] for row in await Event.select()]
    assert details == [""]
