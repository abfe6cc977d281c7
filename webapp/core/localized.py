"""A text that members get in their own language: French and Arabic, neither the source of the other."""

import msgspec


class Localized(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same text in both languages."""

    fr: str
    ar: str

    def within(self, language: str) -> str:
        """The text in `fr` or `ar`."""
        return {"fr": self.fr, "ar": self.ar}[language]

    def __str__(self) -> str:
        """TypeError: whoever prints it has to say in which language."""
        raise TypeError("a localized text is shown by t(), plain() or lines()")
