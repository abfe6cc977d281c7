"""A form counts only when it came from our own page: a signed double submit, masked anew in every page (BREACH)."""

import base64
import binascii
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from webapp.web.forms import AnyRequest

FIELD: Final = "_csrf_token"
_BYTES: Final = 16


class Csrf:
    """Tokens bound to a random cookie by `sign`: hex digests under all keys of the house, the current one first."""

    def __init__(self, sign: Callable[[str], Sequence[str]], host: str) -> None:
        self._sign = sign
        self._host = host

    @staticmethod
    def cookie() -> str:
        """A new cookie."""
        return secrets.token_urlsafe(_BYTES)

    def token(self, cookie: str) -> str:
        """What a form carries for a cookie; different in every page, worth the same."""
        mask = secrets.token_bytes(_BYTES)
        return base64.urlsafe_b64encode(mask + _xor(mask, self._secrets(cookie)[0])).decode()

    def accepts(self, request: AnyRequest, cookie: str | None, data: Mapping[str, str]) -> bool:
        """Whether a submission comes from our own page: its token, its origin, and what the browser says of it."""
        return cookie is not None and self._same_site(request) and self._matches(cookie, data.get(FIELD, ""))

    def _matches(self, cookie: str, token: str) -> bool:
        try:
            raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error):
            return False
        if len(raw) != 2 * _BYTES:
            return False
        told = _xor(raw[:_BYTES], raw[_BYTES:])
        return sum(hmac.compare_digest(told, secret) for secret in self._secrets(cookie)) > 0

    def _same_site(self, request: AnyRequest) -> bool:
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc not in (request.headers.get("host"), self._host):
            return False
        return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")

    def _secrets(self, cookie: str) -> list[bytes]:
        return [bytes.fromhex(digest)[:_BYTES] for digest in self._sign(cookie)]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
