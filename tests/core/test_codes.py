"""A code is worked out again by whoever has all its parts and the key, and by nobody who lacks one (RFC 4226)."""

import hashlib
import hmac
import struct
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.core.codes import Challenge, challenge_of, derive, expires_at, resend_at, reusable
from webapp.core.state import Channel, Contact, Door, State

KEY = b"a key of thirty-two bytes, fixed"
CHALLENGE = Challenge("journey-1", "email", "activation", 1, "amina@exemple.ma")
CONTACT = Contact("amina@exemple.ma", generation=2, issued_at=1000.0, sent_at=1090.0)

words = st.text(max_size=12)
challenges = st.builds(Challenge, words, st.sampled_from(["email", "sms"]), words, st.integers(0, 10**6), words)


def truncated(digest: bytes) -> str:
    """Dynamic truncation to six digits, written from RFC 4226, section 5.3, with no look at the product's."""
    offset = digest[-1] % 16
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return f"{number % 2**31 % 1_000_000:06d}"


def framed(*texts: str) -> bytes:
    """Every text behind its length in two bytes."""
    return b"".join(struct.pack(">H", len(text.encode())) + text.encode() for text in texts)


@pytest.mark.parametrize(
    ("counter", "code"),
    list(
        enumerate(
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"],
        )
    ),
)
def test_this_file_truncates_as_the_vectors_of_rfc_4226_do(counter: int, code: str) -> None:
    assert truncated(hmac.digest(b"12345678901234567890", struct.pack(">Q", counter), "sha1")) == code


@given(st.binary(min_size=1, max_size=64), challenges)
@example(KEY, CHALLENGE)
def test_a_code_is_the_truncated_hmac_of_its_framed_parts(key: bytes, challenge: Challenge) -> None:
    message = framed(
        challenge.journey, challenge.channel, challenge.purpose, str(challenge.generation), challenge.destination
    )
    assert derive(key, challenge) == truncated(hmac.new(key, message, hashlib.sha256).digest())


@pytest.mark.parametrize(
    ("challenge", "code"),
    [
        (CHALLENGE, "036052"),
        (Challenge("journey-1", "sms", "activation", 1, "+212612345642"), "825514"),
        (Challenge("journey-1", "email", "recovery", 3, "أمينة@موقع.المغرب"), "924674"),
    ],
)
def test_codes_on_their_way_survive_a_new_version_of_the_product(challenge: Challenge, code: str) -> None:
    assert derive(KEY, challenge) == code


def test_a_code_keeps_its_zeros_in_front() -> None:
    codes = [derive(KEY, replace(CHALLENGE, generation=generation)) for generation in range(200)]
    assert {len(code) for code in codes} == {6}
    assert any(code.startswith("0") for code in codes)


@pytest.mark.parametrize(
    "other",
    [
        replace(CHALLENGE, journey="journey-2"),
        replace(CHALLENGE, channel="sms"),
        replace(CHALLENGE, purpose="recovery"),
        replace(CHALLENGE, generation=2),
        replace(CHALLENGE, destination="amine@exemple.ma"),
    ],
)
def test_another_journey_channel_purpose_generation_or_destination_is_another_code(other: Challenge) -> None:
    assert derive(KEY, other) != derive(KEY, CHALLENGE)


def test_another_key_is_another_code() -> None:
    assert derive(b"another key of thirty-two bytes!", CHALLENGE) != derive(KEY, CHALLENGE)


@given(challenges, challenges)
@example(Challenge("a", "email", "b", 1, "c"), Challenge("", "email", "ab", 1, "c"))
@example(Challenge("a", "email", "b", 1, "2c"), Challenge("a", "email", "b", 12, "c"))
@example(Challenge("a", "sms", "b", 1, "\x00\x01c"), Challenge("a", "sms", "b\x00\x01", 1, "c"))
def test_no_two_challenges_run_together(one: Challenge, other: Challenge) -> None:
    assert (one.parts == other.parts) == (one == other)


@pytest.mark.parametrize("door", Door)
@pytest.mark.parametrize("channel", ["email", "sms"])
def test_the_challenge_of_a_contact_is_bound_to_its_journey_channel_door_generation_and_address(
    door: Door, channel: Channel
) -> None:
    state = State("journey-1", door, 0.0)
    assert challenge_of(state, channel, CONTACT) == Challenge("journey-1", channel, door.value, 2, "amina@exemple.ma")


def test_a_code_ends_ten_minutes_after_it_was_made_however_late_it_was_sent_again() -> None:
    assert expires_at(CONTACT) == 1600.0


@pytest.mark.parametrize(("channel", "moment"), [("email", 1150.0), ("sms", 1210.0)])
def test_the_next_message_waits_60_seconds_by_mail_and_120_by_sms_after_the_last(
    channel: Channel, moment: float
) -> None:
    assert resend_at(channel, CONTACT) == moment


@pytest.mark.parametrize(
    ("now", "same"), [(1000.0, True), (1299.9, True), (1300.0, False), (1599.0, False), (9999.0, False)]
)
def test_a_code_is_sent_again_only_while_more_than_half_of_its_life_is_left(now: float, *, same: bool) -> None:
    assert reusable(CONTACT, now) is same
