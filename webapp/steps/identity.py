"""Screen 2: who somebody says they are. The answers live in this one request; a keyed hash of them goes on."""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from webapp.core import fields
from webapp.core.state import Claim, IdentifierKind, PaymentMode, State
from webapp.core.step import Action, Advance, Data, FieldError, Outcome, Stay, Step, no_view, nothing_typed
from webapp.core.times import CASABLANCA
from webapp.ports import Identity, Services
from webapp.steps.common import read

_NUMBERS = {
    IdentifierKind.REGISTRATION: ("registration_number", fields.registration_number),
    IdentifierKind.EMPLOYER: ("employer_id", fields.employer_id),
}
_NUMBER_FIELDS = tuple(name for name, _ in _NUMBERS.values())
ERRORS: Mapping[str, tuple[str, ...]] = {
    "identifier_kind": ("required",),
    "registration_number": ("required", "format"),
    "employer_id": ("required", "format"),
    "national_id": ("required", "format"),
    "birth_date": ("required", "incomplete", "impossible", "future", "too_old"),
}


def parse(_: State, data: Data, now: float) -> Identity | Stay:
    """The four answers in canonical form; only the number of the chosen kind is read."""
    kind = next((kind for kind in IdentifierKind if kind == data.get("identifier_kind")), None)
    missing = () if kind else (FieldError("identifier_kind", "required"),)
    number, reader = _NUMBERS[kind] if kind else ("", None)
    readers = {number: reader} if reader else {}
    values, errors = read(data, {**readers, "national_id": fields.national_id})
    day, month, year = (data.get(f"birth_{part}", "") for part in ("day", "month", "year"))
    born = fields.birth_date(day, month, year, datetime.fromtimestamp(now, CASABLANCA).date())
    if isinstance(born, fields.Wrong):
        errors += (FieldError("birth_date", born.code),)
    if kind is None or isinstance(born, fields.Wrong) or errors:
        return Stay(missing + errors)
    return Identity(kind, values[number], values["national_id"], born.isoformat())


async def gather(_: State, form: Identity, services: Services) -> tuple[str, PaymentMode]:
    """The keyed hash of the claim and its question: the same for a member and for a stranger."""
    return await services.members.claim(form)


def decide(state: State, form: Identity, facts: tuple[str, PaymentMode], _: float) -> Outcome:
    """Everyone goes on. Another identity than before forgets whatever was proved under that one."""
    claim = Claim(form.kind, *facts)
    return Advance(state if state.claim == claim else undo(replace(state, claim=claim)))


def undo(state: State) -> State:
    """What another identity makes worthless: the verdict and the proven addresses."""
    return replace(state, member=None, on_file=None, lost=None, email=None, phone=None)


STEP = Step(
    key="identity",
    ready=lambda state: state.terms is not None,
    action=Action(parse, gather, decide, errors=ERRORS, captcha=True),
    view=no_view,
    values=nothing_typed,
    keeps=frozenset({"identifier_kind", *_NUMBER_FIELDS, "national_id", "birth_day", "birth_month", "birth_year"}),
)
