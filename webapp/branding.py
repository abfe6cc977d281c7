"""The fund's name, helpline and addresses, all from one file."""

from pathlib import Path
from typing import Final

import msgspec

FILE: Final = Path(__file__).parent / "branding.toml"


class Brand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the screens say of the fund. `video` may be empty; `social` maps a network's name to an address."""

    name: str
    helpline: str
    site: str
    terms_version: str
    video: str
    social: dict[str, str]

    @property
    def site_name(self) -> str:
        """The site's address as people say it."""
        return self.site.removeprefix("https://")

    @property
    def helpline_link(self) -> str:
        """The helpline for a `tel:` link."""
        return self.helpline.replace(" ", "")


def read(path: Path = FILE) -> Brand:
    """The brand of a file. msgspec.ValidationError or DecodeError when it is not one."""
    return msgspec.toml.decode(path.read_bytes(), type=Brand)
