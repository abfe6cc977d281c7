"""Members read the clock on their wall, whatever the server's."""

from datetime import UTC, datetime

import pytest

from webapp.core.times import clock


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "13:00"),
        (datetime(2026, 1, 10, 12, 0, tzinfo=UTC), "13:00"),
        (datetime(2026, 3, 1, 12, 0, tzinfo=UTC), "12:00"),  # Ramadan: the clocks go back
        (datetime(2026, 7, 1, 7, 5, 59, tzinfo=UTC), "08:05"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "00:30"),
    ],
)
def test_a_moment_is_shown_in_casablanca(utc: datetime, shown: str) -> None:
    assert clock(utc.timestamp()) == shown
