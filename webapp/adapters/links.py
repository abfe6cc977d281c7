"""Links that only the house can have written: nothing of them is stored, and each serves one purpose."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final
from uuid import UUID

from webapp.adapters.keys import Keyring
from webapp.core.limits import ACCOUNT, MINUTE
from webapp.ports import Alarm

_PURPOSE: Final = "alarm"
_ID_BYTES: Final = 16
_TIME_BYTES: Final = 6  # whole milliseconds since 1970
_CONTENT_BYTES: Final = _ID_BYTES + _TIME_BYTES
_SIGNATURE_BYTES: Final = 14  # HMAC-SHA-256 cut to 112 bits (RFC 2104, section 5: no less than 80)
_LETTERS: Final = (_CONTENT_BYTES + _SIGNATURE_BYTES) * 4 // 3  # 36 bytes: base64 needs no padding
_AHEAD: Final = MINUTE  # seconds by which the clock that wrote a link may be ahead


class SignedAlarms:
    """ports.Alarms. A link tells milliseconds, and stays short enough for an SMS."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys

    def sign(self, alarm: Alarm) -> str:
        """The link's last part, 48 characters."""
        content = UUID(alarm.account).bytes + int(alarm.issued_at * 1000).to_bytes(_TIME_BYTES, "big")
        return urlsafe_b64encode(content + _signature(self._keys.key(_PURPOSE), content)).decode()

    def read(self, token: str, now: float) -> Alarm | None:
        """What a link stands for. Every key is tried, whichever fits."""
        raw = _bytes(token)
        content, signature = raw[:_CONTENT_BYTES], raw[_CONTENT_BYTES:]
        fitting = [hmac.compare_digest(_signature(key, content), signature) for key in self._keys.keys(_PURPOSE)]
        if not any(fitting):
            return None
        issued_at = int.from_bytes(content[_ID_BYTES:], "big") / 1000
        if not issued_at - _AHEAD <= now < issued_at + ACCOUNT.alarm:
            return None
        return Alarm(str(UUID(bytes=content[:_ID_BYTES])), issued_at)


def _signature(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")[:_SIGNATURE_BYTES]


def _bytes(token: str) -> bytes:
    """Empty when the token is not spelt as a link is; the spelling of a link is the only one that is read."""
    try:
        raw = urlsafe_b64decode(token) if len(token) == _LETTERS else b""
    except ValueError:
        return b""
    return raw if urlsafe_b64encode(raw).decode() == token else b""
