"""Moments as members read them: the clock on the wall in Casablanca."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

CASABLANCA: Final = ZoneInfo("Africa/Casablanca")


def clock(moment: float) -> str:
    """HH:MM for Unix seconds."""
    return datetime.fromtimestamp(moment, CASABLANCA).strftime("%H:%M")
