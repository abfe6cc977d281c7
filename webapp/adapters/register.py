"""The register in keyed hashes: how a member is written down, and how a claim is judged against what was written."""

from dataclasses import dataclass
from typing import Final

from webapp.adapters.keys import Keyring, same
from webapp.core.state import IdentifierKind, PaymentMode
from webapp.ports import Answers, Identity

_CLAIM: Final = {IdentifierKind.REGISTRATION: "registration-claim", IdentifierKind.EMPLOYER: "employer-claim"}


@dataclass(frozen=True)
class FileRow:
    """One member as the fund's file has it, values in canonical form; `payment` answers the mode's question."""

    registration_number: str
    employer_id: str
    national_id: str
    birth_date: str
    mode: PaymentMode
    payment: str


@dataclass(frozen=True)
class Entry:
    """One member as the house keeps it: keyed hashes in hex and the payment mode."""

    reference: str
    registration_key: str
    employer_key: str
    mode: PaymentMode
    employer_answer: str
    payment_answer: str


def references(keys: Keyring, registration_number: str) -> tuple[str, ...]:
    """What may stand for a member, under every key."""
    return keys.digests("member", registration_number)


def claims(keys: Keyring, kind: IdentifierKind, number: str, national_id: str, birth_date: str) -> tuple[str, ...]:
    """The keyed hashes of a whole claim, under every key."""
    return keys.digests(_CLAIM[kind], number, national_id, birth_date)


def claims_of(keys: Keyring, identity: Identity) -> tuple[str, ...]:
    """`claims` of what was typed on screen 2."""
    return claims(keys, identity.kind, identity.number, identity.national_id, identity.birth_date)


def entry(keys: Keyring, row: FileRow, reference: str) -> Entry:
    """A member in keyed hashes. `reference` is one of `references`: the one that member has already, else the first."""
    person = row.national_id, row.birth_date
    return Entry(
        reference=reference,
        registration_key=keys.digest(_CLAIM[IdentifierKind.REGISTRATION], row.registration_number, *person),
        employer_key=keys.digest(_CLAIM[IdentifierKind.EMPLOYER], row.employer_id, *person),
        mode=row.mode,
        employer_answer=keys.digest("employer-answer", reference, row.employer_id),
        payment_answer=keys.digest("payment-answer", reference, row.mode, row.payment),
    )


def ghost(keys: Keyring, key: str, share: float) -> PaymentMode:
    """The question a stranger is asked: the same for the same claim, `virement` for that share of all claims."""
    drawn = int(keys.digest("ghost", key)[:8], 16) / 2**32
    return PaymentMode.VIREMENT if drawn < share else PaymentMode.E_MANDAT


def nobody(keys: Keyring) -> Entry:
    """An entry that no answer fits, for claims that are in no register."""
    empty = keys.digest("nobody")
    return Entry(empty, empty, empty, PaymentMode.VIREMENT, empty, empty)


def fits(keys: Keyring, known: Entry, kind: IdentifierKind, mode: PaymentMode, answers: Answers) -> bool:
    """Whether every answer asked for is right, and was asked in the member's mode, which is hashed with the payment
    answer. All are compared, in constant time, whichever is wrong."""
    payment = same(known.payment_answer, keys.digests("payment-answer", known.reference, mode, answers.payment))
    employer = same(known.employer_answer, keys.digests("employer-answer", known.reference, answers.employer_id or ""))
    return payment & (employer | (kind is IdentifierKind.EMPLOYER))
