"""The member's space: the account at a glance, its sign-ins, all that is held, and where a change of it begins."""

import secrets
from typing import Any, Final

from litestar import Response, get, post

from webapp.core.state import State
from webapp.i18n import Display
from webapp.journeys import JOURNEYS, SPACE
from webapp.web import hx
from webapp.web.forms import AnyRequest
from webapp.web.showing import holdings_view, sign_ins_view, space_view
from webapp.web.signed import account, inside
from webapp.web.site import Site, go, html, submitted

SIGN_INS: Final = f"{SPACE}/connexions"
HOLDINGS: Final = f"{SPACE}/donnees"
_CHANGES: Final = {journey.home: door for door, journey in JOURNEYS.items() if journey.absent == SPACE}
NOTICES: Final = frozenset(
    {
        "email-replaced",
        "phone-replaced",
        "password-changed",
        "display-saved",
        "closing-wished",
        "closing-withdrawn",
        "sign-in-ended",
        "sign-ins-ended",
        "saved-already",
    }
)


@get(SPACE)
async def space(request: AnyRequest, site: Site, motif: str | None = None) -> Response[Any]:
    """The account at a glance."""
    return await _space(request, site, None, motif)


@post(SPACE)
async def space_in(request: AnyRequest, site: Site) -> Response[Any]:
    """The same in another display."""
    data = await submitted(site, request)
    return await _space(request, site, data.get("display"), None)


async def _space(request: AnyRequest, site: Site, chosen: str | None, motif: str | None) -> Response[Any]:
    who = await inside(site, request, chosen)
    held = await account(site, who)
    history = await site.services.sign_ins.history(who.signed.member, site.services.clock())
    view = space_view(held, history)
    return html(site, who.visit, "pages/space.html", SPACE, space=view, notice=motif if motif in NOTICES else None)


@get(SIGN_INS)
async def sign_ins(request: AnyRequest, site: Site, motif: str | None = None) -> Response[Any]:
    """Open sign-ins and past ones."""
    return await _sign_ins(request, site, None, motif)


async def _sign_ins(request: AnyRequest, site: Site, chosen: str | None, motif: str | None) -> Response[Any]:
    who = await inside(site, request, chosen)
    history = await site.services.sign_ins.history(who.signed.member, site.services.clock())
    view = sign_ins_view(history, who.signed.id)
    notice = motif if motif in NOTICES else None
    return html(site, who.visit, "pages/sign_ins.html", SIGN_INS, sign_ins=view, notice=notice)


@post(SIGN_INS)
async def end_sign_ins(request: AnyRequest, site: Site) -> Response[Any]:
    """End one sign-in, or all others; with `display`, the same page in another display."""
    data = await submitted(site, request)
    if not (chosen := data.get("end")):
        return await _sign_ins(request, site, data.get("display"), None)
    who, now = await inside(site, request), site.services.clock()
    if chosen == "others":
        await site.services.sign_ins.end_others(who.signed.member, who.signed.id, now)
        return go(site, who.visit, SIGN_INS, notice="sign-ins-ended")
    await site.services.sign_ins.end(who.signed.member, chosen, now)
    return go(site, who.visit, SIGN_INS, notice="sign-in-ended")


@get(HOLDINGS)
async def holdings(request: AnyRequest, site: Site) -> Response[Any]:
    """What is held of the member, in full (law 09-08)."""
    return await _holdings(request, site, None)


@post(HOLDINGS)
async def holdings_in(request: AnyRequest, site: Site) -> Response[Any]:
    """The same in another display."""
    data = await submitted(site, request)
    return await _holdings(request, site, data.get("display"))


async def _holdings(request: AnyRequest, site: Site, chosen: str | None) -> Response[Any]:
    who = await inside(site, request, chosen)
    held = await account(site, who)
    history = await site.services.sign_ins.history(who.signed.member, site.services.clock())
    return html(site, who.visit, "pages/holdings.html", HOLDINGS, holdings=holdings_view(held, history))


@post(f"{SPACE}/langue")
async def prefer(request: AnyRequest, site: Site) -> Response[Any]:
    """The display of mails and SMS."""
    data = await submitted(site, request)
    who = await inside(site, request)
    chosen = next((display for display in Display if display.value == data.get("messages_display")), None)
    if chosen:
        await site.services.space.prefer(who.signed.member, chosen.value)
    return go(site, who.visit, SPACE, notice="display-saved" if chosen else None)


@post(f"{SPACE}/garder")
async def keep(request: AnyRequest, site: Site) -> Response[Any]:
    """The account stays."""
    await submitted(site, request)
    who = await inside(site, request)
    kept = await site.services.space.keep(who.signed.member)
    if kept:
        await site.services.audit.note("account.kept", who.signed.member, site.services.clock())
    return go(site, who.visit, SPACE, notice="closing-withdrawn" if kept else None)


@post(f"{SPACE}/rester")
async def stay(request: AnyRequest, site: Site) -> Response[Any]:
    """The sign-in goes on: whatever was typed on the page stays where it is."""
    await submitted(site, request)
    who = await inside(site, request)
    if who.visit.fragment:
        answer = html(site, who.visit, "ui/session_fragment.html", SPACE)
        answer.headers.update(hx.same_address())
        return answer
    return go(site, who.visit, SPACE)


@post(list(_CHANGES))
async def begin(request: AnyRequest, site: Site) -> Response[Any]:
    """A change of the account begins; its first screen asks for the password again."""
    await submitted(site, request)
    who, now = await inside(site, request), site.services.clock()
    door = _CHANGES[request.url.path]
    state = State(secrets.token_urlsafe(16), door, now, holder=who.signed.member, sign_in=who.signed.id)
    cookie = await site.services.flow.start(state, now)
    first = JOURNEYS[door].address(JOURNEYS[door].table[0])
    return go(site, who.visit, first, site.cookies.session(site.cookies.journey, cookie))


@get(list(_CHANGES))
async def not_begun(request: AnyRequest, site: Site) -> Response[Any]:
    """The address of a change, opened by hand: it begins with a button of the space."""
    who = await inside(site, request)
    return go(site, who.visit, SPACE)


HANDLERS: Final = [
    space, space_in, sign_ins, end_sign_ins, holdings, holdings_in, prefer, keep, stay, begin, not_begun,
]  # fmt: skip
