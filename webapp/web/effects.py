"""What a passed step sets in motion, in an order that loses nothing: written first, promised second, set off last."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from webapp.core.codes import Challenge, challenge_of
from webapp.core.state import Channel, Contact, State
from webapp.core.step import CreateAccount, Effect, Note, OpenCode, SendCode, Tell
from webapp.ports import Away, Letter, NewAccount, Post, Services


@dataclass(frozen=True)
class Prepared:
    """An outbox row that waits for the journey to be saved; `challenge` is the code it carries, if any."""

    row: str
    challenge: Challenge | None


async def prepare(
    effects: Sequence[Effect], journey: str, display: str, services: Services
) -> tuple[Prepared, ...] | None:
    """Write everything that must exist before the journey says so. Each write has a key: done twice it is done once.
    None when the account belongs to another journey already."""
    prepared: list[Prepared] = []
    for effect in effects:
        match effect:
            case OpenCode(challenge):
                await services.codes.open(challenge)
            case CreateAccount():
                if await services.accounts.create(_account(effect, display, services)) is None:
                    return None
            case SendCode() | Tell():
                prepared.append(await _written(effect, journey, display, services))
            case Note():
                pass
    return tuple(prepared)


async def release(effects: Sequence[Effect], prepared: Sequence[Prepared], services: Services) -> None:
    """The journey is saved: note what happened, wake a worker. A queue that is away loses nothing."""
    for effect in effects:
        if isinstance(effect, Note):
            await services.audit.note(effect.event, effect.subject, services.clock())
    with suppress(Away):
        for post in prepared:
            await services.queue.enqueue(post.row)


async def withdraw(prepared: Sequence[Prepared], state: State | None, services: Services) -> None:
    """The journey was saved by another request: give up the codes which that one made void."""
    alive = _alive(state)
    for post in prepared:
        if post.challenge and post.challenge not in alive:
            await services.outbox.withdraw(post.row)


def _alive(state: State | None) -> tuple[Challenge, ...]:
    if state is None:
        return ()
    held: tuple[tuple[Channel, Contact | None], ...] = (("email", state.email), ("sms", state.phone))
    return tuple(challenge_of(state, channel, contact) for channel, contact in held if contact)


async def _written(effect: SendCode | Tell, journey: str, display: str, services: Services) -> Prepared:
    now = services.clock()
    if isinstance(effect, Tell):
        letter = Letter(effect.channel, effect.message, effect.address, display)
        return Prepared(await services.outbox.put(Post(effect.key, letter, now)), None)
    channel, generation = effect.challenge.channel, effect.challenge.generation
    letter = Letter(channel, f"code_{channel}", effect.address, display, effect.challenge, effect.not_after)
    key = "|".join([journey, channel, str(effect.send), str(generation), effect.address])
    return Prepared(await services.outbox.put(Post(key, letter, now, effect.not_after)), effect.challenge)


def _account(effect: CreateAccount, display: str, services: Services) -> NewAccount:
    return NewAccount(
        member=effect.member,
        journey=effect.journey,
        email=effect.email,
        phone=effect.phone,
        password_hash=effect.password_hash,
        terms_version=effect.terms_version,
        terms_accepted_at=effect.terms_accepted_at,
        display=display,
        created_at=services.clock(),
    )
