"""Moments as members read them: the clock on the wall in Casablanca."""

import math
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

CASABLANCA: Final = ZoneInfo("Africa/Casablanca")


def clock_from(moment: float) -> str:
    """The first HH:MM that is not before a moment: what is promised from then on is true."""
    return clock(math.ceil(moment / 60) * 60)


def clock(moment: float) -> str:
    """HH:MM for Unix seconds."""
    return datetime.fromtimestamp(moment, CASABLANCA).strftime("%H:%M")


def day(moment: float) -> str:
    """DD/MM/YYYY for Unix seconds."""
    return datetime.fromtimestamp(moment, CASABLANCA).strftime("%d/%m/%Y")


def iso(moment: float) -> str:
    """ISO 8601 with the offset of Casablanca, for programs."""
    return datetime.fromtimestamp(moment, CASABLANCA).isoformat(timespec="seconds")
