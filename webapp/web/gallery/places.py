"""The scenes of everything that is no step: the start, the ends, the space, the ways out, and what went wrong."""

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from webapp.branding import Brand
from webapp.core.step import FieldError
from webapp.web import space
from webapp.web.gallery import samples
from webapp.web.gallery.samples import SESSION
from webapp.web.gallery.scene import Scene

_WAYS_OUT = ("sign_out", "signed_out", "alarm", "alarm_void", "frozen", "general_terms")
_NOTICES = ("expired", "malformed", "not_found", "refused", "unavailable")


def place_scenes(brand: Brand) -> Iterator[Scene]:
    """All scenes of all other partials."""
    yield Scene("start.blank", "steps/start.html", {"errors": ()})
    yield Scene("start.error.door.required", "steps/start.html", {"errors": (FieldError("door", "required"),)})
    yield from _ends()
    yield from _space(brand)
    yield from (Scene(name, f"pages/{name}.html") for name in _WAYS_OUT)
    yield from (Scene(name, f"notices/{name}.html") for name in _NOTICES)
    yield Scene("dev_outbox.full", "pages/dev_outbox.html", {"messages": samples.MESSAGES})
    yield Scene("dev_outbox.empty", "pages/dev_outbox.html", {"messages": ()})


def _ends() -> Iterator[Scene]:
    yield Scene("done", "steps/done.html")
    for name, view in samples.RECOVERED.items():
        yield Scene(f"recovered.{name}", "steps/recovered.html", {"recovered": view})
    yield Scene("helpline", "notices/helpline.html", {"case": samples.CASE})


def _space(brand: Brand) -> Iterator[Scene]:
    served = structs.replace(brand, services=samples.SERVICES)
    yield _inside("space.plain", "space", space=samples.SPACE, notice=None)
    yield _inside("space.closing", "space", space=samples.SPACE_CLOSING, notice=None)
    yield _inside("space.services", "space", space=samples.SPACE, notice=None, brand=served)
    yield _inside("space.session_ends", "space", space=samples.SPACE, notice=None, session=samples.LAST_SESSION)
    for name, view in samples.SIGN_INS.items():
        yield _inside(f"sign_ins.{name}", "sign_ins", sign_ins=view, notice=None)
    for notice in sorted(space.NOTICES):
        if notice.startswith("sign-in"):
            yield _inside(f"sign_ins.notice.{notice}", "sign_ins", sign_ins=samples.SIGN_INS["one"], notice=notice)
        else:
            yield _inside(f"space.notice.{notice}", "space", space=samples.SPACE, notice=notice)
    yield _inside("holdings.plain", "holdings", holdings=samples.HOLDINGS)
    yield _inside("holdings.closing", "holdings", holdings=samples.HOLDINGS_CLOSING)


def _inside(name: str, page: str, **context: Any) -> Scene:
    return Scene(name, f"pages/{page}.html", {"session": SESSION, **context})
