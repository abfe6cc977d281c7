"""An account and its sign-ins, as the pages of the space and the member's own copy show them."""

from collections.abc import Sequence

from webapp.core.fields import masked_email, masked_phone, spaced_phone
from webapp.core.limits import DAY, SIGN_IN
from webapp.core.times import clock, day, iso
from webapp.core.views import HoldingsView, SignInLine, SignInsView, SpaceView
from webapp.ports import SignIn, Summary


def space_view(held: Summary, history: Sequence[SignIn]) -> SpaceView:
    """The account at a glance."""
    return SpaceView(
        email=masked_email(held.email),
        phone=masked_phone(held.phone),
        display=held.display,
        since=day(held.created_at),
        password_since=day(held.password_at),
        terms_version=held.terms_version,
        terms_on=day(held.terms_accepted_at),
        sign_ins=sum(sign_in.ended_at is None for sign_in in history),
        closes_on=day(held.closes_at) if held.closes_at else None,
    )


def sign_ins_view(history: Sequence[SignIn], here: str) -> SignInsView:
    """Open sign-ins, the one of this page first, and past ones."""
    lines = [_line(sign_in, here) for sign_in in history]
    opened = sorted((line for line in lines if line.ended_day is None), key=lambda line: not line.here)
    past = tuple(line for line in lines if line.ended_day is not None)
    return SignInsView(tuple(opened), past, SIGN_IN.history // DAY)


def _line(sign_in: SignIn, here: str) -> SignInLine:
    ended = sign_in.ended_at
    return SignInLine(
        id=sign_in.id,
        agent=sign_in.agent,
        day=day(sign_in.opened_at),
        clock=clock(sign_in.opened_at),
        seen_day=day(sign_in.seen_at),
        seen_clock=clock(sign_in.seen_at),
        here=sign_in.id == here,
        ended_day=day(ended) if ended else None,
        ended_clock=clock(ended) if ended else None,
    )


def holdings_view(held: Summary, history: Sequence[SignIn]) -> HoldingsView:
    """All that is held, in full."""
    return HoldingsView(
        email=held.email,
        phone=spaced_phone(held.phone),
        display=held.display,
        since=_moment(held.created_at),
        terms_version=held.terms_version,
        terms_at=_moment(held.terms_accepted_at),
        password_at=_moment(held.password_at),
        email_at=_moment(held.email_at),
        phone_at=_moment(held.phone_at),
        closes_at=_moment(held.closes_at) if held.closes_at else None,
        sign_ins=len(history),
        days=SIGN_IN.history // DAY,
    )


def _moment(at: float) -> tuple[str, str]:
    return day(at), clock(at)


def holdings_json(held: Summary, history: Sequence[SignIn]) -> dict[str, object]:
    """The member's own copy, for programs; moments in ISO 8601 with Casablanca's offset."""
    return {
        "email": {"address": held.email, "since": iso(held.email_at)},
        "mobile": {"number": held.phone, "since": iso(held.phone_at)},
        "messages_display": held.display,
        "created_at": iso(held.created_at),
        "password_changed_at": iso(held.password_at),
        "terms": {"version": held.terms_version, "accepted_at": iso(held.terms_accepted_at)},
        "closes_at": iso(held.closes_at) if held.closes_at else None,
        "sign_ins": [
            {
                "browser": sign_in.agent,
                "opened_at": iso(sign_in.opened_at),
                "seen_at": iso(sign_in.seen_at),
                "ended_at": iso(sign_in.ended_at) if sign_in.ended_at else None,
            }
            for sign_in in history
        ],
    }
