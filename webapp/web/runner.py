"""One submission from form data to its result, no word of HTTP: parse, budgets, captcha, gather, decide, apply."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.core.flow import Screen, concluded
from webapp.core.limits import OVERTAKEN
from webapp.core.state import Door, State
from webapp.core.step import Action, Advance, FieldError, Late, Stay
from webapp.core.times import clock_from
from webapp.journeys import JOURNEYS, SIGN_IN, place
from webapp.ports import Limited, Proof, Services, Stored
from webapp.web import effects
from webapp.web.effects import Prepared


@dataclass(frozen=True)
class Submission:
    """What a member sent to a screen, and the journey it was sent in; without a cookie it begins with this."""

    cookie: str | None
    stored: Stored
    screen: Screen
    action: Action[Any, Any, Services]
    data: Mapping[str, str]
    display: str

    @property
    def address(self) -> str:
        """The address of the screen."""
        return JOURNEYS[self.stored.state.door].address(self.screen)


@dataclass(frozen=True)
class Entrance:
    """The cookies of a sign-in that was opened, and of the browser that is known from now on."""

    sign_in: str
    browser: str


@dataclass(frozen=True)
class Next:
    """Go to an address, with a new cookie after a gain of trust, and into the space when a sign-in was opened."""

    address: str
    cookie: str | None = None
    notice: str | None = None
    entrance: Entrance | None = None


@dataclass(frozen=True)
class Again:
    """The same screen with errors; `retry_at` (Unix seconds) when a limit spoke; `spent` when the robot check
    was used up."""

    errors: tuple[FieldError, ...]
    retry_at: float | None = None
    spent: bool = False


Result = Next | Again


async def submit(sent: Submission, services: Services) -> Result:
    """The result of one submission. Raises `Away` when a part it needs does not answer."""
    state, action, now = sent.stored.state, sent.action, services.clock()
    form = action.parse(state, sent.data, now)
    if isinstance(form, Stay):
        return Again(form.errors, form.until)
    limited = await _charge(sent, form, services)
    if limited:
        return Again((FieldError("form", "limited", values={"clock": clock_from(limited.until)}),), limited.until)
    if action.captcha and (refusal := await _robot(sent, services)):
        return Again((refusal,), spent=True)
    facts = await action.gather(state, form, services)
    match action.decide(state, form, facts, now):
        case Stay(errors, until):
            return Again(errors, until, spent=True)
        case Late(errors):
            return await _late(sent, services) or Again(errors, spent=True)
        case Advance() as step:
            await _forgive(sent, form, services)
            return await _advance(sent, concluded(JOURNEYS[step.state.door], step, now), services)


async def _charge(sent: Submission, form: object, services: Services) -> Limited | None:
    refused = None
    for budget in sent.action.budgets:
        key = budget.key(sent.stored.state, form, services.clock())
        if key is not None:
            refused = refused or await services.limiter.hit(budget.row, key)
    return refused


async def _forgive(sent: Submission, form: object, services: Services) -> None:
    for budget in sent.action.budgets:
        key = budget.key(sent.stored.state, form, services.clock())
        if budget.clears and key is not None:
            await services.limiter.clear(budget.row, key)


async def _robot(sent: Submission, services: Services) -> FieldError | None:
    proof = await services.captcha.check(sent.data.get(services.captcha.field, ""), services.clock())
    return None if proof is Proof.PASSED else FieldError("captcha", proof.value)


async def _advance(sent: Submission, step: Advance, services: Services) -> Result:
    prepared = await effects.prepare(step.effects, sent.stored.state.journey, sent.display, services)
    if prepared is None:
        return _refused(sent.stored.state)
    won, cookie = await _saved(sent, step, services)
    if not won:
        return await _overtaken(sent, prepared, services)
    await effects.release(step.effects, prepared, services)
    return Next(place(step.state), cookie, step.notice, entrance(step.state, services))


async def _saved(sent: Submission, step: Advance, services: Services) -> tuple[bool, str | None]:
    """Whether this request moved the journey, and the cookie it moved to, if any."""
    now = services.clock()
    if sent.cookie is None:
        return True, None if step.state.done else await services.flow.start(step.state, now)
    if step.gain:
        mark = fingerprint(sent.address, sent.data)
        cookie = await services.flow.rotate(sent.cookie, sent.stored, step.state, now, mark)
        return cookie is not None, cookie
    same = step.state == sent.stored.state
    return same or await services.flow.save(sent.cookie, sent.stored, step.state, now), None


def _refused(state: State) -> Next:
    """The account was made in another journey meanwhile, or is no longer there."""
    if state.door is Door.ACTIVATION:
        return Next(SIGN_IN, notice="account-made")
    return Next(JOURNEYS[state.door].absent)


async def _late(sent: Submission, services: Services) -> Next | None:
    """Where the first of two clicks led, as soon as it is there; None when it never came to an end."""
    for pause in OVERTAKEN:
        stored = await services.flow.load(sent.cookie or "", services.clock())
        if stored is None or stored.version != sent.stored.version:
            return await _overtaken(sent, (), services)
        await asyncio.sleep(pause)
    return None


async def _overtaken(sent: Submission, prepared: Sequence[Prepared], services: Services) -> Next:
    """Another click or tab was first: go where that one led, and send nothing that it made untrue."""
    before = sent.cookie or ""
    cookie = await services.flow.moved(before, fingerprint(sent.address, sent.data))
    stored = await services.flow.load(cookie or before, services.clock())
    await effects.withdraw(prepared, stored.state if stored else None, services)
    if stored is None:
        return Next(JOURNEYS[sent.stored.state.door].absent)
    return Next(place(stored.state), cookie, "saved-already", entrance(stored.state, services))


def entrance(state: State, services: Services) -> Entrance | None:
    """The cookies of the sign-in that a journey opened; the same again for the second of two clicks."""
    if not state.done or state.door is not Door.SIGN_IN or state.visitor is None:
        return None
    return Entrance(services.sign_ins.token(state.journey), state.visitor.browser)


def fingerprint(address: str, data: Mapping[str, str]) -> str:
    """The same for the very same submission to the same address only."""
    fields = [f"{len(text)}:{text}" for pair in sorted(data.items()) for text in pair]
    return hashlib.sha256("|".join([address, *fields]).encode()).hexdigest()
