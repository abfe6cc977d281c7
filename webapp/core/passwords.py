"""The fund's password rule, told all at once."""

import unicodedata

from webapp.core.limits import PASSWORD


def normalise(password: str) -> str:
    """The password in NFC, so that the same keys give the same bytes on every phone; nothing is cut."""
    return unicodedata.normalize("NFC", password)


def faults(password: str) -> tuple[str, ...]:
    """The codes of the rules a password breaks, in the order the screen lists them; empty when it keeps them all."""
    if not password:
        return ("required",)
    rules = (
        ("short", len(password) >= PASSWORD.shortest),
        ("long", len(password) <= PASSWORD.longest),
        ("no_capital", any(char.isupper() for char in password)),
        ("no_digit", any(char.isdecimal() for char in password)),
    )
    return tuple(code for code, kept in rules if not kept)
