"""Everything that is the fund's own, all from one file: name, mark, colours, helpline, links, services, terms."""

from pathlib import Path
from typing import Final

import msgspec

from webapp.branding import colours, mark, words
from webapp.branding.model import Brand, Sheet
from webapp.settings import Misconfigured

PACKAGED: Final = Path(__file__).parent / "packaged" / "branding.toml"

__all__ = ["PACKAGED", "Brand", "read"]


def read(path: str = "") -> Brand:
    """The brand of a file; empty: the packaged one. Misconfigured with every fault in one line."""
    file = Path(path) if path else PACKAGED
    try:
        sheet = msgspec.toml.decode(file.read_bytes(), type=Sheet)
        drawn = mark.read(file.parent / sheet.mark)
    except OSError as away:
        raise Misconfigured(f"{file.name}: {away.filename} can not be read ({away.strerror})") from None
    except ValueError as fault:  # of msgspec or of the drawing
        raise Misconfigured(f"{file.name}: {' '.join(str(fault).split())}") from None
    if faults := [*words.faults(sheet), *colours.faults(sheet.colours)]:
        raise Misconfigured(f"{file.name}: " + " | ".join(faults))
    return Brand(**{**msgspec.structs.asdict(sheet), "mark": drawn})
