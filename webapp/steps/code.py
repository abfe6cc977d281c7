"""Builds the two screens that take a one-time code and prove an address: e-mail and mobile."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace

from webapp.core import fields
from webapp.core.codes import challenge_of, expires_at, resend_at, reusable
from webapp.core.limits import CODE
from webapp.core.state import Channel, Contact, Slot, State, held, known
from webapp.core.step import Action, Advance, Budget, Data, FieldError, Late, Note, Outcome, Stay, Step, nothing_typed
from webapp.core.times import clock, clock_from
from webapp.core.views import CodeView
from webapp.ports import Guess, Guessed, Services
from webapp.steps.contact import put, sending, tally


@dataclass(frozen=True)
class CodeSpec:
    """What differs between the two: key, slot and channel, how an address is masked."""

    key: str
    slot: Slot
    channel: Channel
    mask: Callable[[str], str]


def _contact(spec: CodeSpec, state: State) -> Contact:
    contact = held(state, spec.slot)
    if contact is None:
        raise RuntimeError("a code stands behind its address")
    return contact


def _parse(data: Data) -> str | Stay:
    value = fields.code(data.get("code", ""), CODE.digits)
    if isinstance(value, fields.Wrong):
        return Stay((FieldError("code", value.code, values={"digits": str(CODE.digits)}),))
    return value


async def _guess(spec: CodeSpec, state: State, typed: str, services: Services) -> Guessed:
    contact = _contact(spec, state)
    if contact.proven:
        return Guessed(Guess.RIGHT, 0)
    return await services.codes.guess(challenge_of(state, spec.channel, contact), typed)


def _decide(spec: CodeSpec, state: State, facts: Guessed) -> Outcome:
    contact = _contact(spec, state)
    if contact.proven:
        return Advance(state)
    match facts.guess:
        case Guess.RIGHT:
            proven = put(state, spec.slot, replace(contact, proven=True), tally(state, spec.slot))
            return Advance(proven, (Note(f"{spec.slot}.proved", state.member or ""),), gain=True)
        case Guess.WRONG if facts.left:
            return Stay((FieldError("code", "wrong", n=facts.left),))
        case Guess.WRONG | Guess.SPENT:
            return Stay((FieldError("code", "spent"),))
        case Guess.TAKEN:
            return Late((FieldError("code", "spent"),))
        case Guess.CLOSED:
            return Stay((FieldError("code", "expired"),))


def _may_resend(spec: CodeSpec, state: State, now: float) -> Contact | Stay:
    contact = _contact(spec, state)
    if contact.proven:
        return contact
    if tally(state, spec.slot).resends >= CODE.resends:
        return Stay((FieldError("resend", "exhausted"),))
    if now < (ready := resend_at(spec.channel, contact)):
        return Stay((FieldError("resend", "early", values={"clock": clock_from(ready)}),), until=ready)
    return contact


async def _usable(spec: CodeSpec, state: State, services: Services) -> bool:
    return await services.codes.usable(challenge_of(state, spec.channel, _contact(spec, state)))


def _resend(spec: CodeSpec, state: State, now: float, *, usable: bool) -> Outcome:
    contact, used = _contact(spec, state), tally(state, spec.slot)
    if contact.proven:
        return Advance(state)
    used = replace(used, sends=used.sends + 1, resends=used.resends + 1)
    if usable and reusable(contact, now):
        contact = replace(contact, sent_at=now)
    else:
        used = replace(used, generations=used.generations + 1)
        contact = replace(contact, sent_at=now, issued_at=now, generation=used.generations)
    after = put(state, spec.slot, contact, used)
    return Advance(after, sending(after, spec.slot, spec.channel), notice="new-code-sent")


def _view(spec: CodeSpec, state: State, now: float) -> CodeView:
    contact = _contact(spec, state)
    ready = resend_at(spec.channel, contact)
    return CodeView(
        channel=spec.channel,
        masked=spec.mask(contact.address),
        valid_until=clock(expires_at(contact)),
        expired=now >= expires_at(contact),
        resend_clock=clock_from(max(now, ready)),
        resend_in=max(0, math.ceil(ready - now)),
        sends_left=CODE.resends - tally(state, spec.slot).resends,
        digits=CODE.digits,
        on_file=state.on_file is not None and contact.address == known(state.on_file, spec.slot),
    )


def code_step(spec: CodeSpec) -> Step[str, Guessed, Services]:
    """The step of a code: five guesses, one acceptance, and the same or a new code on demand."""
    return Step(
        key=spec.key,
        ready=lambda state: held(state, spec.slot) is not None,
        action=Action(
            parse=lambda _, data, __: _parse(data),
            gather=lambda state, typed, services: _guess(spec, state, typed, services),
            decide=lambda state, _, facts, __: _decide(spec, state, facts),
            errors={"code": ("required", "format", "wrong", "spent", "expired")},
            budgets=(
                Budget("code-journey", lambda state, _, __: state.journey),
                Budget("code-member", lambda state, _, __: state.member),
            ),
            captcha=True,
        ),
        resend=Action(
            parse=lambda state, _, now: _may_resend(spec, state, now),
            gather=lambda state, _, services: _usable(spec, state, services),
            decide=lambda state, _, usable, now: _resend(spec, state, now, usable=usable),
            errors={"resend": ("early", "exhausted")},
            budgets=(Budget("send-destination", lambda _, to, __: None if to.proven else to.address.casefold()),),
        ),
        view=lambda state, now: _view(spec, state, now),
        values=nothing_typed,
    )
