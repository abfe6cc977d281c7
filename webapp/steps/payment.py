"""Screen 3: the question of the member's payment mode, and the one verdict on all answers together."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from webapp.core import fields
from webapp.core.state import Claim, IdentifierKind, PaymentMode, State
from webapp.core.step import Action, Advance, Budget, Data, FieldError, Leave, Note, Outcome, Stay, Step, nothing_typed
from webapp.core.views import PaymentView
from webapp.ports import Answers, Services
from webapp.steps.common import Read, read

# What is asked of whom. The guide's captions print the two the other way round, which nobody could answer.
QUESTIONS: Mapping[PaymentMode, tuple[str, Read]] = {
    PaymentMode.VIREMENT: ("bank_last8", fields.bank_last8),
    PaymentMode.E_MANDAT: ("civil_status_number", fields.civil_status_number),
}
ERRORS: Mapping[str, tuple[str, ...]] = {
    "employer_id": ("required", "format"),
    "bank_last8": ("required", "format"),
    "civil_status_number": ("required", "format"),
    "form": ("mismatch",),
}


@dataclass(frozen=True)
class Verdict:
    """The member's reference when all answers are right, and whether that member has an account already."""

    member: str | None
    active: bool


def _claim(state: State) -> Claim:
    if state.claim is None:
        raise RuntimeError("the payment question stands behind the claim")
    return state.claim


def _employer_given(claim: Claim) -> bool:
    return claim.kind is IdentifierKind.EMPLOYER


def parse(state: State, data: Data, _: float) -> Answers | Stay:
    """The employer's number unless screen 2 took it, and the answer to the question of the mode."""
    claim = _claim(state)
    name, reader = QUESTIONS[claim.mode]
    first: dict[str, Read] = {} if _employer_given(claim) else {"employer_id": fields.employer_id}
    values, errors = read(data, {**first, name: reader})
    return Stay(errors) if errors else Answers(values.get("employer_id"), values[name])


async def gather(state: State, form: Answers, services: Services) -> Verdict:
    """The verdict of the register, and whether the account is there, both always asked."""
    claim = _claim(state)
    member = await services.members.verify(claim.key, claim.kind, claim.mode, form)
    active = await services.accounts.active(member or claim.key)
    return Verdict(member, active)


def decide(state: State, _: Answers, facts: Verdict, __: float) -> Outcome:
    """Right or not, never which answer; an account that exists is never touched from here."""
    if facts.member is None:
        return Stay((FieldError("form", "mismatch"),))
    if facts.active:
        return Leave("already_active")
    if state.member == facts.member:
        return Advance(state)
    proved = replace(state, member=facts.member, email=None, phone=None)
    return Advance(proved, (Note("identity.proved", facts.member),), gain=True)


def view(state: State, _: float) -> PaymentView:
    """The question to ask."""
    claim = _claim(state)
    return PaymentView(QUESTIONS[claim.mode][0], _employer_given(claim))


STEP = Step(
    key="payment",
    ready=lambda state: state.claim is not None,
    action=Action(
        parse,
        gather,
        decide,
        errors=ERRORS,
        budgets=(Budget[Answers]("identity-answers", lambda state, _, __: _claim(state).key, clears=True),),
    ),
    view=view,
    values=nothing_typed,
    keeps=frozenset({"employer_id", "bank_last8", "civil_status_number"}),
)
