"""Builds the two screens that ask for an address and send a code there: e-mail and mobile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from webapp.core.codes import challenge_of, expires_at
from webapp.core.fields import Wrong, clean
from webapp.core.limits import CODE
from webapp.core.state import Channel, Contact, Slot, State, Tally, held, known
from webapp.core.step import Action, Advance, Budget, Data, FieldError, OpenCode, SendCode, Stay, Step
from webapp.core.views import ContactView
from webapp.ports import Services
from webapp.steps.common import Read, nothing_to_gather


@dataclass(frozen=True)
class ContactSpec:
    """What differs between the two: the field and slot of the state, the channel, how it is read and shown, when the
    screen opens."""

    slot: Slot
    channel: Channel
    read: Read
    show: Callable[[str], str]
    ready: Callable[[State], bool]


def tally(state: State, slot: Slot) -> Tally:
    """What the slot's channel has used up."""
    return state.email_tally if slot == "email" else state.phone_tally


def put(state: State, slot: Slot, contact: Contact | None, used: Tally) -> State:
    """The state with a contact in its slot, or with none."""
    if slot == "email":
        return replace(state, email=contact, email_tally=used)
    return replace(state, phone=contact, phone_tally=used)


def sending(state: State, slot: Slot, channel: Channel) -> tuple[OpenCode, SendCode]:
    """The two effects that bring the current code of a slot to its owner."""
    contact = held(state, slot)
    if contact is None:
        raise RuntimeError("no address to send to")
    challenge = challenge_of(state, channel, contact)
    return OpenCode(challenge), SendCode(challenge, contact.address, tally(state, slot).sends, expires_at(contact))


def _sends(state: State, slot: Slot, address: str, now: float) -> bool:
    """Whether that address has to be written to: not while its code lives, nor when its resends are used up."""
    before = held(state, slot)
    if before is None or before.address != address:
        return True
    over = now >= expires_at(before) and not before.proven
    return over and tally(state, slot).resends < CODE.resends


def _changes(state: State, slot: Slot, address: str) -> bool:
    """Whether that address is another one than before; after another identity nobody remembers which it was."""
    before = held(state, slot)
    return tally(state, slot).generations > 0 and (before is None or before.address != address)


def _parse(spec: ContactSpec, state: State, data: Data) -> str | Stay:
    again = data.get(f"{spec.slot}_confirm", "")
    value, second = spec.read(data.get(spec.slot, "")), spec.read(again)
    errors: tuple[FieldError, ...] = ()
    if isinstance(value, Wrong):
        errors += (FieldError(spec.slot, value.code),)
    if not clean(again):
        errors += (FieldError(f"{spec.slot}_confirm", "required"),)
    elif second != value:
        errors += (FieldError(f"{spec.slot}_confirm", "mismatch"),)
    if isinstance(value, Wrong) or errors:
        return Stay(errors)
    if state.on_file and value == known(state.on_file, spec.slot):
        return Stay((FieldError(spec.slot, "same"),))
    if _changes(state, spec.slot, value) and tally(state, spec.slot).changes >= CODE.changes:
        return Stay((FieldError(spec.slot, "changes"),))
    return value


def written_to(state: State, slot: Slot, channel: Channel, address: str, now: float) -> Advance:
    """The state in which that address is being proven, and the message it gets unless its code still lives."""
    if not _sends(state, slot, address, now):
        return Advance(state)
    before, used = held(state, slot), tally(state, slot)
    again = before is not None and before.address == address
    used = Tally(
        generations=used.generations + 1,
        sends=used.sends + 1,
        resends=used.resends + again,
        changes=used.changes + _changes(state, slot, address),
    )
    contact = Contact(address, generation=used.generations, issued_at=now, sent_at=now)
    after = put(state, slot, contact, used)
    return Advance(after, sending(after, slot, channel))


def charged(state: State, slot: Slot, address: str, now: float) -> str | None:
    """One mailbox has one budget, however its capitals are written."""
    return address.casefold() if _sends(state, slot, address, now) else None


def _values(spec: ContactSpec, state: State) -> Mapping[str, str]:
    contact = held(state, spec.slot)
    shown = spec.show(contact.address) if contact else ""
    return {spec.slot: shown, f"{spec.slot}_confirm": shown}


def contact_step(spec: ContactSpec) -> Step[str, None, Services]:
    """The step of a contact. The same address again sends nothing while its code lives; another starts a new code."""
    slot = spec.slot
    return Step(
        key=slot,
        ready=spec.ready,
        action=Action(
            parse=lambda state, data, _: _parse(spec, state, data),
            gather=nothing_to_gather,
            decide=lambda state, address, _, now: written_to(state, slot, spec.channel, address, now),
            errors={slot: ("required", "format", "same", "changes"), f"{slot}_confirm": ("required", "mismatch")},
            budgets=(Budget("send-destination", lambda state, to, now: charged(state, slot, to, now)),),
        ),
        view=lambda state, _: ContactView(CODE.changes - tally(state, slot).changes),
        values=lambda state: _values(spec, state),
        keeps=frozenset({slot, f"{slot}_confirm"}),
    )
