"""Small words that the steps are written with."""

from collections.abc import Callable, Mapping

from webapp.core.fields import Wrong
from webapp.core.state import State
from webapp.core.step import FieldError
from webapp.ports import Services

Read = Callable[[str], str | Wrong]


def read(data: Mapping[str, str], readers: Mapping[str, Read]) -> tuple[dict[str, str], tuple[FieldError, ...]]:
    """Every field through its reader: the values that are right and all that is wrong, in the order of the readers."""
    results = {name: reader(data.get(name, "")) for name, reader in readers.items()}
    values = {name: result for name, result in results.items() if isinstance(result, str)}
    errors = tuple(FieldError(name, result.code) for name, result in results.items() if isinstance(result, Wrong))
    return values, errors


async def nothing_to_gather(_: State, __: object, ___: Services) -> None:
    """The facts of a step that needs none."""
