"""One submission from form data to its result, no word of HTTP: parse, budgets, captcha, gather, decide, apply."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.core.flow import Journey, Screen, furthest
from webapp.core.limits import OVERTAKEN
from webapp.core.state import State
from webapp.core.step import Action, Advance, FieldError, Late, Leave, Stay
from webapp.core.times import clock_from
from webapp.journeys import ENDS
from webapp.ports import Limited, Proof, Services, Stored
from webapp.web import effects
from webapp.web.effects import Prepared


@dataclass(frozen=True)
class Submission:
    """What a member sent to a screen, and the journey it was sent in."""

    cookie: str
    stored: Stored
    screen: Screen
    action: Action[Any, Any, Services]
    data: Mapping[str, str]
    display: str


@dataclass(frozen=True)
class Next:
    """Go to another screen, with a new cookie after a gain of trust."""

    path: str
    cookie: str | None = None
    notice: str | None = None


@dataclass(frozen=True)
class Again:
    """The same screen with errors; `retry_at` (Unix seconds) when a limit spoke; `spent` when the robot check
    was used up."""

    errors: tuple[FieldError, ...]
    retry_at: float | None = None
    spent: bool = False


Result = Next | Again


async def submit(journey: Journey, sent: Submission, services: Services) -> Result:
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
            return await _late(journey, sent, services) or Again(errors, spent=True)
        case Leave(notice):
            return Next(ENDS[notice].path)
        case Advance() as step:
            await _forgive(sent, form, services)
            return await _advance(journey, sent, step, services)


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


async def _advance(journey: Journey, sent: Submission, step: Advance, services: Services) -> Result:
    now = services.clock()
    prepared = await effects.prepare(step.effects, sent.stored.state.journey, sent.display, services)
    if prepared is None:
        return Next(ENDS["already_active"].path)
    cookie: str | None = None
    if step.gain:
        cookie = await services.flow.rotate(
            sent.cookie, sent.stored, step.state, now, fingerprint(sent.screen, sent.data)
        )
        won = cookie is not None
    else:
        won = step.state == sent.stored.state or await services.flow.save(sent.cookie, sent.stored, step.state, now)
    if not won:
        return await _overtaken(journey, sent, prepared, services)
    await effects.release(step.effects, prepared, services)
    return Next(place(journey, step.state), cookie, step.notice)


async def _late(journey: Journey, sent: Submission, services: Services) -> Next | None:
    """Where the first of two clicks led, as soon as it is there; None when it never came to an end."""
    for pause in OVERTAKEN:
        stored = await services.flow.load(sent.cookie, services.clock())
        if stored is None or stored.version != sent.stored.version:
            return await _overtaken(journey, sent, (), services)
        await asyncio.sleep(pause)
    return None


async def _overtaken(journey: Journey, sent: Submission, prepared: Sequence[Prepared], services: Services) -> Next:
    """Another click or tab was first: go where that one led, and send nothing that it made untrue."""
    cookie = await services.flow.moved(sent.cookie, fingerprint(sent.screen, sent.data))
    stored = await services.flow.load(cookie or sent.cookie, services.clock())
    await effects.withdraw(prepared, stored.state if stored else None, services)
    if stored is None:
        return Next(ENDS["expired"].path)
    return Next(place(journey, stored.state), cookie, "saved-already")


def place(journey: Journey, state: State) -> str:
    """The address under /mon_compte where a member stands."""
    return ENDS["done"].path if state.done else furthest(journey, state).path


def fingerprint(screen: Screen, data: Mapping[str, str]) -> str:
    """The same for the very same submission only."""
    fields = [f"{len(text)}:{text}" for pair in sorted(data.items()) for text in pair]
    return hashlib.sha256("|".join([screen.path, *fields]).encode()).hexdigest()
