"""The whole product, started as `make run` starts it, with a register of its own."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.support.journey import Member, Town, import_members, write_members
from tests.support.servers import app

MEMBERS = range(1, 400)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The product with real figures but wide budgets, and the proof of work on."""
    data = tmp_path_factory.mktemp("town")
    write_members(data / "members.csv", MEMBERS)
    with app(data, WEBAPP_LIMITS_SCALE="1000") as running:
        import_members(data / "members.csv", data)
        with ExitStack() as browsers:
            yield Town(running, (Member(n) for n in MEMBERS), browsers)


@pytest.fixture
def member(town: Town) -> Member:
    """A member who was never here."""
    return next(town.fresh)
