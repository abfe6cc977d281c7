"""The house's secrets at work: keyed hashes that can not be turned back, and seals that open in one place only."""

import hmac
import os
from collections.abc import Iterable, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_INFO: Final = "mon-compte/1/"
_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12  # NIST SP 800-38D: 96 bits, drawn at random for every seal
_KEY_BYTES: Final = 32


class Unopenable(Exception):
    """A seal that no key opens in this place: altered, moved, or older than every key. Says nothing of its content."""


class Secret:
    """A secret that prints as dots wherever it ends up."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "••••"

    def reveal(self) -> bytes:
        """The secret itself."""
        return self._text.encode()


class _Keys:
    """What one secret gives: a key of its own for each purpose (HKDF-SHA-256), made when first asked for."""

    def __init__(self, secret: str) -> None:
        self._secret = Secret(secret)
        self._raw: dict[str, bytes] = {}
        self._aead: dict[str, AESGCM] = {}
        self.id: Final = self.raw("key-id")[:_ID_BYTES]

    def raw(self, purpose: str) -> bytes:
        key = self._raw.get(purpose)
        if key is None:
            info = f"{_INFO}{purpose}".encode()
            key = self._raw[purpose] = HKDF(SHA256(), _KEY_BYTES, salt=None, info=info).derive(self._secret.reveal())
        return key

    def aead(self, purpose: str) -> AESGCM:
        cipher = self._aead.get(purpose)
        if cipher is None:
            cipher = self._aead[purpose] = AESGCM(self.raw(f"seal/{purpose}"))
        return cipher


class Keyring:
    """All secrets of the house: the first signs and seals, every one of them verifies and opens."""

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets:
            raise ValueError("a keyring needs at least one secret")
        self._ring = tuple(_Keys(secret) for secret in secrets)
        self._by_id = {keys.id: keys for keys in self._ring}

    def key(self, purpose: str) -> bytes:
        """The key that signs for that purpose, 32 bytes."""
        return self._ring[0].raw(purpose)

    def keys(self, purpose: str) -> tuple[bytes, ...]:
        """Every key that still verifies for that purpose, the one that signs first."""
        return tuple(keys.raw(purpose) for keys in self._ring)

    def digest(self, purpose: str, *parts: str) -> str:
        """HMAC-SHA-256 in hex under the key that signs. No two lists of parts run together."""
        return hmac.digest(self.key(purpose), _framed(parts), "sha256").hex()

    def digests(self, purpose: str, *parts: str) -> tuple[str, ...]:
        """`digest` under every key, the one that signs first."""
        message = _framed(parts)
        return tuple([hmac.digest(keys.raw(purpose), message, "sha256").hex() for keys in self._ring])

    def seal(self, purpose: str, plaintext: bytes, bound: str) -> bytes:
        """AES-256-GCM that opens for the same purpose and place (`bound`) only: key id, nonce, ciphertext and tag."""
        nonce = os.urandom(_NONCE_BYTES)
        keys = self._ring[0]
        return keys.id + nonce + keys.aead(purpose).encrypt(nonce, plaintext, _framed((purpose, bound)))

    def open(self, purpose: str, sealed: bytes, bound: str) -> bytes:
        """What was sealed, under whichever key did it. Raises Unopenable."""
        keys = self._by_id.get(sealed[:_ID_BYTES])
        nonce, ciphertext = sealed[_ID_BYTES : _ID_BYTES + _NONCE_BYTES], sealed[_ID_BYTES + _NONCE_BYTES :]
        if keys is None or len(nonce) < _NONCE_BYTES:
            raise Unopenable
        try:
            return keys.aead(purpose).decrypt(nonce, ciphertext, _framed((purpose, bound)))
        except InvalidTag:
            raise Unopenable from None


def same(one: str, others: Iterable[str]) -> bool:
    """Whether a keyed hash is among others; each is compared, in constant time, whatever came before."""
    return sum(hmac.compare_digest(one, other) for other in others) > 0


def _framed(parts: Iterable[str]) -> bytes:
    """Parts with the length of each before it, so that "a", "bc" and "ab", "c" differ."""
    return "".join([f"{len(part)}:{part}" for part in parts]).encode()
