"""The fund's register in the database. A stranger costs the same look-ups, hashes and comparisons as a member."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from webapp.adapters import register
from webapp.adapters.database.tables import Member
from webapp.adapters.keys import Keyring
from webapp.core.state import IdentifierKind, PaymentMode
from webapp.ports import Answers, Clock, Identity

_COLUMN: Final = {IdentifierKind.REGISTRATION: Member.registration_key, IdentifierKind.EMPLOYER: Member.employer_key}
_SAMPLE: Final = 1000  # members; their references are hashes, so the first ones in order are drawn at random
_SHARE_LIFE: Final = 60  # seconds


class PiccoloMembers:
    """ports.Members."""

    def __init__(self, keys: Keyring, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock
        nobody = register.nobody(keys)
        self._nobody = {**asdict(nobody), "payment_mode": nobody.mode.value}
        self._share = 0.5
        self._share_until = float("-inf")

    async def claim(self, identity: Identity) -> tuple[str, PaymentMode]:
        """The keyed hash that the register knows, else the one under the key that signs; a ghost's question is drawn
        in either case."""
        keys = register.claims_of(self._keys, identity)
        column = _COLUMN[identity.kind]
        share = await self._share_of_virement()
        row = await Member.select(column.as_alias("key"), Member.payment_mode).where(column.is_in(list(keys))).first()
        ghost = {"key": keys[0], "payment_mode": register.ghost(self._keys, keys[0], share)}
        known = row or ghost
        return known["key"], PaymentMode(known["payment_mode"])

    async def verify(self, key: str, kind: IdentifierKind, mode: PaymentMode, answers: Answers) -> str | None:
        """The member's reference when every answer is right. A stranger is compared with an entry that nothing fits."""
        row = await Member.select().where(_COLUMN[kind] == key).first()
        known = _entry(row or self._nobody)
        right = register.fits(self._keys, known, kind, mode, answers)
        return known.reference if right & (row is not None) else None

    async def _share_of_virement(self) -> float:
        now = self._clock()
        if now >= self._share_until:
            modes = await Member.select(Member.payment_mode).order_by(Member.reference).limit(_SAMPLE)
            if modes:
                self._share = sum(row["payment_mode"] == PaymentMode.VIREMENT for row in modes) / len(modes)
            self._share_until = now + _SHARE_LIFE
        return self._share


def _entry(row: Mapping[str, str]) -> register.Entry:
    return register.Entry(
        reference=row["reference"],
        registration_key=row["registration_key"],
        employer_key=row["employer_key"],
        mode=PaymentMode(row["payment_mode"]),
        employer_answer=row["employer_answer"],
        payment_answer=row["payment_answer"],
    )
