"""ports.Alarms: links that only the house can have written. They are computed, so there is no twin."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.conftest import NOW
from tests.contracts.holders import House
from webapp.adapters.keys import Keyring
from webapp.adapters.links import SignedAlarms
from webapp.core.limits import ACCOUNT, MINUTE
from webapp.ports import Alarm

ONE, TWO = (f"secret number {n}, of more than 32 characters" for n in range(2))
ACCOUNT_ID = "5f0a3c9e-7d54-4b7e-9a2e-0f6c2d1b8a77"
alarms = SignedAlarms(Keyring([ONE]))
LINK = alarms.sign(Alarm(ACCOUNT_ID, NOW))


def test_a_link_is_read_as_it_was_written_to_the_millisecond() -> None:
    assert alarms.read(LINK, NOW + 1) == Alarm(ACCOUNT_ID, NOW)
    assert alarms.read(alarms.sign(Alarm(ACCOUNT_ID, NOW + 0.1239)), NOW + 1) == Alarm(ACCOUNT_ID, NOW + 0.123)


def test_a_link_is_short_and_safe_in_an_address() -> None:
    assert len(LINK) == 48
    assert set(LINK) <= set(ascii_letters + digits + "-_")


def test_a_link_lives_for_its_days_and_no_longer() -> None:
    assert alarms.read(LINK, NOW + ACCOUNT.alarm - 1)
    assert alarms.read(LINK, NOW + ACCOUNT.alarm) is None


def test_a_link_of_the_future_is_refused_beyond_what_clocks_differ_by() -> None:
    assert alarms.read(LINK, NOW - MINUTE)
    assert alarms.read(LINK, NOW - MINUTE - 1) is None


def test_an_older_secret_still_verifies_and_a_dropped_one_does_not() -> None:
    assert SignedAlarms(Keyring([TWO, ONE])).read(LINK, NOW)
    assert SignedAlarms(Keyring([TWO])).read(LINK, NOW) is None


def test_every_altered_bit_is_noticed() -> None:
    raw = urlsafe_b64decode(LINK)
    for bit in range(len(raw) * 8):
        altered = bytearray(raw)
        altered[bit // 8] ^= 1 << bit % 8
        assert alarms.read(urlsafe_b64encode(altered).decode(), NOW) is None


def test_a_signature_of_another_purpose_is_none() -> None:
    class Lent(Keyring):
        """The same secret at work for something else."""

        def key(self, purpose: str) -> bytes:
            return super().key(f"not-{purpose}")

    assert alarms.read(SignedAlarms(Lent([ONE])).sign(Alarm(ACCOUNT_ID, NOW)), NOW) is None


@pytest.mark.parametrize(
    "token",
    ["", "=", "é" * 48, "\ud800" * 48, "A" * 48, "A" * 47, "A" * 49, "A" * 4096, f"{LINK}A", f"{LINK}====", LINK[:-1]],
)
def test_what_is_not_a_link_means_nothing(token: str) -> None:
    assert alarms.read(token, NOW) is None


def test_a_link_has_one_spelling() -> None:
    links = [alarms.sign(Alarm(ACCOUNT_ID, NOW + n)) for n in range(200)]
    link = next(link for link in links if {"-", "_"} <= set(link))
    for other in (
        link.replace("-", "+").replace("_", "/"),
        f" {link[1:]}",
        f"{link[:-4]}\n{link[-4:]}",
        f"{link[:47]}=",
    ):
        assert alarms.read(other, NOW) is None


@given(st.text(max_size=64))
def test_no_text_breaks_the_reader(token: str) -> None:
    assert alarms.read(token, NOW) is None


@given(st.binary(min_size=36, max_size=36))
def test_no_bytes_of_the_right_length_are_a_link(raw: bytes) -> None:
    assert alarms.read(urlsafe_b64encode(raw).decode(), NOW) is None


async def test_the_notice_of_a_change_freezes_the_account_it_came_from(house: House) -> None:
    number = await house.activate(house.amina, NOW + 0.2)
    told = alarms.read(alarms.sign(Alarm(number, NOW + 0.9)), NOW + 60)
    assert told is not None
    frozen = await house.space.freeze(told.account, told.issued_at, NOW + 60)
    assert frozen is not None
    assert frozen.member == house.amina
