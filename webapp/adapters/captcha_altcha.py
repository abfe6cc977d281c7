"""The robot check without a third party: ALTCHA's proof of work, solved by the member's own phone."""

import json
import secrets
from typing import Final

from altcha import Payload, create_challenge, verify_solution
from redis.asyncio import Redis

from webapp.adapters.keys import Keyring
from webapp.adapters.redis_client import answering
from webapp.core.limits import PROOF_GUESSES, PROOF_LIFE, PROOF_ROUNDS
from webapp.ports import Proof

_PURPOSE: Final = "altcha"
_LONGEST_ANSWER: Final = 2048  # characters


class AltchaCaptcha:
    """ports.Captcha over the ALTCHA protocol, version 2 (PBKDF2/SHA-256, a counter to find, signed and dated)."""

    kind = "altcha"
    field = "altcha"

    def __init__(self, client: Redis, keys: Keyring) -> None:
        self._client = client
        self._keys = keys

    def challenge(self, now: float) -> str:
        """A new puzzle as JSON. Its work is bounded: at most PROOF_GUESSES guesses of PROOF_ROUNDS rounds."""
        puzzle = create_challenge(
            "PBKDF2/SHA-256",
            PROOF_ROUNDS,
            counter=secrets.randbelow(PROOF_GUESSES),
            expires_at=int(now) + PROOF_LIFE,
            hmac_secret=self._keys.key(_PURPOSE),
            hmac_key_secret=self._keys.key(_PURPOSE),
        )
        return json.dumps(puzzle.to_dict(), separators=(",", ":"))

    async def check(self, answer: str, _: float) -> Proof:
        """Accept a solution once; the library holds the puzzle's own date against the host's clock."""
        if not answer:
            return Proof.MISSING
        if len(answer) > _LONGEST_ANSWER or not any(self._right(answer, key) for key in self._keys.keys(_PURPOSE)):
            return Proof.FAILED
        # The signature stands for the puzzle: the text around it could be written in many ways.
        name = f"altcha:{Payload.from_base64(answer).challenge.signature}"
        async with answering():
            first = await self._client.set(name, "1", ex=PROOF_LIFE, nx=True)
        return Proof.PASSED if first else Proof.FAILED

    @staticmethod
    def _right(answer: str, key: bytes) -> bool:
        return verify_solution(answer, key, hmac_key_secret=key).verified
