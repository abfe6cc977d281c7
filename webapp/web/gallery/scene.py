"""One partial in one state: what the gallery shows and what the tests look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

PATH: Final = "/dev/gallery"


@dataclass(frozen=True)
class Scene:
    """`name` is stable and says what is seen (`email_code.error.code.wrong`); `context` is what the partial gets."""

    name: str
    partial: str
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Its address."""
        return f"{PATH}/{self.name}"
