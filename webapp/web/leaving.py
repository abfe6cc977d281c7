"""The ways out: sign-out, "this was not me", and the member's own copy of what is held."""

from typing import Any, Final

import msgspec
from litestar import Response, get, post

from webapp.journeys import ALARM, SIGN_OUT
from webapp.ports import Letter, Post, Summary
from webapp.web.forms import AnyRequest
from webapp.web.showing import holdings_json
from webapp.web.signed import account, inside, left
from webapp.web.site import Site, Visit, html, submitted, visiting
from webapp.web.space import HOLDINGS

_CLEARED: Final = '"cache", "storage"'  # cookies are taken back one by one: the display and the known browser stay


@get(SIGN_OUT)
async def sign_out(request: AnyRequest, site: Site) -> Response[Any]:
    """Asks whoever is in; tells the others that they are out."""
    visit = visiting(site, request)
    return html(site, visit, await _door(site, visit), SIGN_OUT)


@post(SIGN_OUT, status_code=200)
async def signed_out(request: AnyRequest, site: Site) -> Response[Any]:
    """The sign-in ends, the browser forgets the pages; with `display`, only the language changes."""
    data = await submitted(site, request)
    visit, services = visiting(site, request, data.get("display")), site.services
    if visit.chosen:
        return html(site, visit, await _door(site, visit), SIGN_OUT)
    signed = await services.sign_ins.find(visit.sign_in, services.clock()) if visit.sign_in else None
    if signed:
        await services.sign_ins.end(signed.member, signed.id, services.clock())
        await services.audit.note("sign-in.ended", signed.member, services.clock())
    answer = html(site, visit, "pages/signed_out.html", SIGN_OUT)
    answer.cookies += [*left(site, visit), site.cookies.gone(site.cookies.journey)]
    answer.headers["Clear-Site-Data"] = _CLEARED
    return answer


async def _door(site: Site, visit: Visit) -> str:
    services = site.services
    signed = await services.sign_ins.find(visit.sign_in, services.clock()) if visit.sign_in else None
    return "pages/sign_out.html" if signed else "pages/signed_out.html"


@get(f"{HOLDINGS}.json")
async def copy(request: AnyRequest, site: Site) -> Response[bytes]:
    """What is held of the member, to take along."""
    who = await inside(site, request)
    held = await account(site, who)
    history = await site.services.sign_ins.history(who.signed.member, site.services.clock())
    body = msgspec.json.format(msgspec.json.encode(holdings_json(held, history)), indent=2)
    headers = {"Content-Disposition": 'attachment; filename="mon-compte.json"'}
    return Response(body, media_type="application/json", headers=headers)


@get(f"{ALARM}/{{token:str}}")
async def alarm(request: AnyRequest, site: Site, token: str) -> Response[Any]:
    """Explains what pressing the button does. Nothing changes: mail scanners open links too."""
    return _ask(site, visiting(site, request), token)


@post(f"{ALARM}/{{token:str}}", status_code=200)
async def sound(request: AnyRequest, site: Site, token: str) -> Response[Any]:
    """The account is frozen; every address that is left hears of it."""
    data = await submitted(site, request)
    visit, services = visiting(site, request, data.get("display")), site.services
    if visit.chosen:
        return _ask(site, visit, token)
    now = services.clock()
    told = services.alarms.read(token, now)
    frozen = await services.space.freeze(told.account, told.issued_at, now) if told else None
    if frozen is None:
        return html(site, visit, "pages/alarm_void.html", f"{ALARM}/{token}", status=410)
    await services.audit.note("account.frozen", frozen.member, now)
    await _tell(site, frozen, now)
    return html(site, visit, "pages/frozen.html", f"{ALARM}/{token}")


def _ask(site: Site, visit: Visit, token: str) -> Response[Any]:
    path = f"{ALARM}/{token}"
    if site.services.alarms.read(token, site.services.clock()) is None:
        return html(site, visit, "pages/alarm_void.html", path, status=410)
    return html(site, visit, "pages/alarm.html", path)


async def _tell(site: Site, frozen: Summary, now: float) -> None:
    for letter in (
        Letter("email", "frozen_email", frozen.email, frozen.display),
        Letter("sms", "frozen_sms", frozen.phone, frozen.display),
    ):
        key = f"frozen|{frozen.number}|{now}|{letter.channel}"
        await site.services.queue.enqueue(await site.services.outbox.put(Post(key, letter, now)))


HANDLERS: Final = [sign_out, signed_out, copy, alarm, sound]
