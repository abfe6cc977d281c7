"""The door to the member's space: registration number and password, the same answer to every stranger."""

from dataclasses import dataclass

from msgspec.structs import replace

from webapp.core import fields, passwords
from webapp.core.account import Rehash
from webapp.core.limits import PASSWORD
from webapp.core.state import OnFile, State, Visitor
from webapp.core.step import (
    Action,
    Advance,
    Budget,
    Data,
    FieldError,
    Note,
    OpenSignIn,
    Outcome,
    Stay,
    Step,
    no_view,
    nothing_typed,
)
from webapp.core.times import clock_from, day
from webapp.ports import Credentials, Services


@dataclass(frozen=True)
class Attempt:
    """What was typed: the number in canonical form, and the password."""

    number: str
    password: str


@dataclass(frozen=True)
class Known:
    """Whose number and password these are; from when the account opens (Unix seconds), whether the browser has to
    prove itself, and a stronger hash to keep, if need be."""

    member: str
    on_file: OnFile
    opens_at: float
    ask: bool
    rehash: Rehash | None = None


def parse(_: State, data: Data, __: float) -> Attempt | Stay:
    """Both, or what is missing."""
    number = fields.registration_number(data.get("registration_number", ""))
    password = passwords.normalise(data.get("password", ""))
    errors: tuple[FieldError, ...] = ()
    if isinstance(number, fields.Wrong):
        errors += (FieldError("registration_number", number.code),)
    if not password:
        errors += (FieldError("password", "missing"),)
    if isinstance(number, fields.Wrong) or errors:
        return Stay(errors)
    return Attempt(number, password[: PASSWORD.longest + 1])  # a longer one is wrong, whatever follows


async def gather(state: State, form: Attempt, services: Services) -> Known | None:
    """Who this is; a number nobody has costs the same look-up and the same hash."""
    found = await services.space.credentials(form.number)
    verified = await services.hasher.verify(form.password, found.password_hash if found else None)
    if found is None or not verified.right:
        return None
    account = await services.space.summary(found.member)
    if account is None:
        return None
    rehash = await _stronger(found, form, services) if verified.stale else None
    ask = services.sign_in_code and not await services.sign_ins.known(
        found.member, _visitor(state).browser, services.clock()
    )
    return Known(found.member, account.on_file, account.opens_at or 0.0, ask, rehash)


async def _stronger(found: Credentials, form: Attempt, services: Services) -> Rehash:
    return Rehash(found.member, found.password_hash, await services.hasher.hash(form.password))


def decide(state: State, _: Attempt, facts: Known | None, now: float) -> Outcome:
    """In, or to the code when the browser is not known. What holds an account back is told to its member alone."""
    if facts is None:
        return Stay((FieldError("form", "unknown"),))
    if facts.on_file.frozen:
        return Stay((FieldError("form", "frozen"),))
    if facts.opens_at > now:
        when = {"day": day(facts.opens_at), "clock": clock_from(facts.opens_at)}
        return Stay((FieldError("form", "on_hold", values=when),))
    stronger = (facts.rehash,) if facts.rehash else ()
    if facts.ask:
        asked = replace(state, member=facts.member, on_file=facts.on_file)
        return Advance(asked, stronger, gain=True)
    ended = State(state.journey, state.door, state.started_at, visitor=_visitor(state), done=True)
    opened = OpenSignIn(facts.member, _visitor(state), state.started_at)
    return Advance(ended, (*stronger, opened, Note("sign-in.opened", facts.member)), gain=True)


def _visitor(state: State) -> Visitor:
    if state.visitor is None:
        raise RuntimeError("somebody signs in from somewhere")
    return state.visitor


def counted(state: State, form: Attempt, _: float) -> str:
    """Whom an attempt is charged to: this number from this network."""
    return f"{form.number}|{_visitor(state).prefix}"


STEP = Step(
    key="sign_in",
    ready=lambda _: True,
    action=Action(
        parse,
        gather,
        decide,
        errors={
            "registration_number": ("required", "format"),
            "password": ("missing",),
            "form": ("unknown", "frozen", "on_hold"),
        },
        budgets=(Budget("sign-in", counted, clears=True),),
    ),
    view=no_view,
    values=nothing_typed,
    keeps=frozenset({"registration_number"}),
)
