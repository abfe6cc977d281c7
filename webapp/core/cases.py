"""The number by which the helpline finds a recovery that can not go on by itself."""

import hashlib
from typing import Final

_DIGITS: Final = 8


def case_number(journey: str) -> str:
    """Eight digits, read out over the phone; the same for the same journey, and nothing of its secret in them."""
    digest = hashlib.sha256(f"case|{journey}".encode()).digest()
    return str(int.from_bytes(digest, "big") % 10**_DIGITS).zfill(_DIGITS)
