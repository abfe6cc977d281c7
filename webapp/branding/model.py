"""What a branding file says, field by field."""

import msgspec

from webapp.branding.mark import Mark
from webapp.core.localized import Localized


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file."""


class Section(_Part, frozen=True):
    """One section of the terms."""

    heading: Localized
    paragraphs: tuple[Localized, ...]


class Terms(_Part, frozen=True):
    """What members accept. `version` is kept with every account; lead and paragraphs may hold %(name)s and
    %(helpline)s."""

    version: str
    title: Localized
    lead: Localized
    sections: tuple[Section, ...]


class Service(_Part, frozen=True):
    """An online service of the fund; its address may differ by language."""

    title: Localized
    address: str | Localized


class Palette(_Part, frozen=True):
    """The brand's colours on light or dark ground, as #rrggbb. `press` is `brand` under a finger, `tint` a calm
    surface under ink, `deep` the surface of the helpline."""

    brand: str
    on_brand: str
    press: str
    tint: str
    deep: str
    on_deep: str


class Colours(_Part, frozen=True):
    """The brand's colours by what the phone is set to."""

    light: Palette
    dark: Palette


class _Common(_Part, frozen=True, kw_only=True):
    """What the file says and the screens show alike."""

    name: Localized
    helpline: str
    site: str
    video: str | Localized = ""
    social: dict[str, str] = {}
    services: tuple[Service, ...] = ()
    colours: Colours
    terms: Terms


class Sheet(_Common, frozen=True, kw_only=True):
    """The file itself: `mark` names a drawing beside it."""

    mark: str


class Brand(_Common, frozen=True, kw_only=True):
    """What screens and messages say of the fund. `video` may be empty; `social` maps a network's name to an address."""

    mark: Mark

    @property
    def site_name(self) -> str:
        """The site's address as people say it."""
        return self.site.removeprefix("https://").rstrip("/")

    @property
    def helpline_link(self) -> str:
        """The helpline for a `tel:` link."""
        return self.helpline.replace(" ", "")
