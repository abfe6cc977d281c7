"""Screen 3: the question of the member's payment mode, and the one verdict on all answers together."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from webapp.core import fields
from webapp.core.state import Claim, Door, IdentifierKind, OnFile, PaymentMode, State
from webapp.core.step import Action, Advance, Budget, Data, FieldError, Note, Outcome, Stay, Step, nothing_typed
from webapp.core.views import PaymentView
from webapp.ports import Answers, Services
from webapp.steps.common import Read, read

# What is asked of whom. The guide's captions print the two the other way round, which nobody could answer.
QUESTIONS: Mapping[PaymentMode, tuple[str, Read]] = {
    PaymentMode.VIREMENT: ("bank_last8", fields.bank_last8),
    PaymentMode.E_MANDAT: ("civil_status_number", fields.civil_status_number),
}
_LED_ELSEWHERE: Mapping[Door, str] = {Door.RECOVERY: "account-exists", Door.ACTIVATION: "no-account-yet"}
ERRORS: Mapping[str, tuple[str, ...]] = {
    "employer_id": ("required", "format"),
    "bank_last8": ("required", "format"),
    "civil_status_number": ("required", "format"),
    "form": ("mismatch",),
}


@dataclass(frozen=True)
class Verdict:
    """The member's reference when all answers are right, and the contacts of that member's account, if any."""

    member: str | None
    on_file: OnFile | None = None


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
    """The verdict of the register, and the account, both always asked."""
    claim = _claim(state)
    member = await services.members.verify(claim.key, claim.kind, claim.mode, form)
    on_file = await services.accounts.on_file(member or claim.key, services.clock())
    return Verdict(member, on_file)


def decide(state: State, _: Answers, facts: Verdict, __: float) -> Outcome:
    """Right or not, never which answer. From here on whoever has an account recovers it, whichever door was pressed."""
    if facts.member is None:
        return Stay((FieldError("form", "mismatch"),))
    door = Door.RECOVERY if facts.on_file else Door.ACTIVATION
    if (state.member, state.door, state.on_file) == (facts.member, door, facts.on_file):
        return Advance(state)
    proved = replace(state, door=door, member=facts.member, on_file=facts.on_file, email=None, phone=None, lost=None)
    notice = _LED_ELSEWHERE[door] if door is not state.door else None
    return Advance(proved, (Note("identity.proved", facts.member),), gain=True, notice=notice)


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
