"""Who is signed in, and what every page of the space needs of it."""

from dataclasses import dataclass, replace
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie
from litestar.exceptions import NotAuthorizedException

from webapp.journeys import SIGN_IN
from webapp.ports import SignedIn, Summary
from webapp.web.forms import AnyRequest
from webapp.web.site import Site, Visit, go, visiting


class SignedOut(NotAuthorizedException):
    """There is no open sign-in; the answer leads to the door."""


@dataclass(frozen=True)
class Inside:
    """A visit of somebody who is signed in."""

    visit: Visit
    signed: SignedIn


async def inside(site: Site, request: AnyRequest, chosen: str | None = None) -> Inside:
    """The open sign-in behind a request, its idle time begun anew. SignedOut when there is none."""
    visit = visiting(site, request, chosen)
    signed = await site.services.sign_ins.find(visit.sign_in, site.services.clock()) if visit.sign_in else None
    if signed is None:
        raise SignedOut
    return Inside(replace(visit, signed=signed), signed)


async def account(site: Site, who: Inside) -> Summary:
    """The account that is signed in to. SignedOut when it was erased meanwhile."""
    found = await site.services.space.summary(who.signed.member)
    if found is None:
        raise SignedOut
    return found


def to_the_door(request: AnyRequest, _: SignedOut) -> Response[Any]:
    """303 to the sign-in; whoever was in before is told why."""
    site: Site = request.app.state.site
    visit = visiting(site, request)
    return go(site, visit, SIGN_IN, *left(site, visit), notice="signed-out" if visit.sign_in else None)


def left(site: Site, visit: Visit) -> list[Cookie]:
    """Takes the sign-in's cookie back, where there is one."""
    return [site.cookies.gone(site.cookies.sign_in)] if visit.sign_in else []
