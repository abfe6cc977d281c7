"""What a passed step sets in motion, in an order that loses nothing: written first, promised second, set off last."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from webapp.core.account import Rehash
from webapp.core.codes import Challenge, challenge_of
from webapp.core.state import Channel, Contact, State
from webapp.core.step import Apply, Effect, Note, OpenCode, OpenSignIn, SendCode, Tell
from webapp.ports import Alarm, Away, Letter, Post, Services


@dataclass(frozen=True)
class Prepared:
    """An outbox row that waits for the journey to be saved; `challenge` is the code it carries, if any."""

    row: str
    challenge: Challenge | None


async def prepare(
    effects: Sequence[Effect], journey: str, display: str, services: Services
) -> tuple[Prepared, ...] | None:
    """Write everything that must exist before the journey says so. Each write has a key: done twice it is done once.
    None when the account is another journey's, or no longer there."""
    prepared: list[Prepared] = []
    for effect in effects:
        match effect:
            case Apply(change):
                if not await services.accounts.apply(change, display, services.clock()):
                    return None
            case SendCode():
                prepared.append(await _code(effect, journey, display, services))
            case Tell():
                prepared.append(await _notice(effect, display, services))
            case _:
                await _write(effect, journey, services)
    return tuple(prepared)


async def _write(effect: OpenCode | OpenSignIn | Rehash | Note, journey: str, services: Services) -> None:
    match effect:
        case OpenCode(challenge):
            await services.codes.open(challenge)
        case OpenSignIn(member, visitor, since):
            await services.sign_ins.open(journey, member, visitor, services.clock(), since)
        case Rehash(member, before, after):
            await services.space.rehash(member, before, after)
        case Note():
            pass  # once the journey is saved


async def release(effects: Sequence[Effect], prepared: Sequence[Prepared], services: Services) -> None:
    """The journey is saved: note what happened, wake a worker. A queue that is away loses nothing."""
    for effect in effects:
        if isinstance(effect, Note):
            await services.audit.note(effect.event, effect.subject, services.clock(), effect.detail)
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


async def _code(effect: SendCode, journey: str, display: str, services: Services) -> Prepared:
    channel, generation = effect.challenge.channel, effect.challenge.generation
    letter = Letter(channel, f"code_{channel}", effect.address, display, effect.challenge, effect.not_after)
    key = "|".join([journey, channel, str(effect.send), str(generation), effect.address])
    post = Post(key, letter, services.clock(), effect.not_after)
    return Prepared(await services.outbox.put(post), effect.challenge)


async def _notice(effect: Tell, display: str, services: Services) -> Prepared:
    now, number = services.clock(), await services.accounts.number(effect.member)
    alarm = Alarm(number, now) if number else None
    letter = Letter(effect.channel, effect.message, effect.address, display, alarm=alarm)
    return Prepared(await services.outbox.put(Post(effect.key, letter, now)), None)
