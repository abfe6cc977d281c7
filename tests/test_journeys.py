"""The journey laid beside the guide's slides, walked, turned back in, and searched for answers it must not keep."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.steps.walk import ANSWERS, FACTS, NOW, STEPS, TERMS, answered, at, passed, place, screen_of, started, submit
from webapp.core.codes import Challenge
from webapp.core.flow import allows, back, counted, furthest
from webapp.core.state import Channel, Claim, Door, IdentifierKind, PaymentMode, State
from webapp.core.step import Advance, Apply, Effect, Note, OpenCode, SendCode, Stay, Tell
from webapp.journeys import ACTIVATION, ENDS, JOURNEYS
from webapp.ports import Answers, Identity
from webapp.steps import email, email_code, identity, payment
from webapp.steps.payment import Verdict

PARTIALS = Path(__file__).parents[1] / "webapp" / "partials"
GUIDE = (  # shared/screens.md: path, progress; and the key that names partial and texts
    ("conditions", None, "terms"),
    ("identification", 15, "identity"),
    ("paiement", 30, "payment"),
    ("email", 45, "email"),
    ("email-code", 60, "email_code"),
    ("telephone", 75, "phone"),
    ("telephone-code", 90, "phone_code"),
    ("mot-de-passe", 100, "password"),
)
KEYS = [key for _, _, key in GUIDE]
encode, decode = msgspec.msgpack.encode, msgspec.msgpack.Decoder(State).decode


# --- The table


def test_the_table_is_the_guide_s() -> None:
    assert tuple((screen.path, screen.percent, screen.step.key) for screen in ACTIVATION) == GUIDE


def test_the_screens_after_the_terms_are_told_as_steps_one_to_seven() -> None:
    assert [counted(ACTIVATION, started(), screen) for screen in ACTIVATION] == [None, *((n, 7) for n in range(1, 8))]


def test_every_step_and_every_end_has_its_partial_and_no_partial_is_without_a_step() -> None:
    assert {path.stem for path in (PARTIALS / "steps").iterdir()} == {*STEPS, "start", "done", "recovered"}
    assert [end.path for end in ENDS.values() if not (PARTIALS / end.partial).is_file()] == []


def test_no_two_screens_share_an_address() -> None:
    paths = {door: [journey.address(screen) for screen in journey.table] for door, journey in JOURNEYS.items()}
    apart = [*(path for door, own in paths.items() if door is not Door.RECOVERY for path in own)]
    assert len(set(apart)) == len(apart)
    assert len(set(paths[Door.RECOVERY])) == len(paths[Door.RECOVERY])
    assert {*apart, *paths[Door.RECOVERY]}.isdisjoint(end.path for end in ENDS.values())


@pytest.mark.parametrize(("code", "contact"), [("email_code", "email"), ("phone_code", "phone")])
def test_an_address_is_changed_on_the_screen_that_asked_for_it(code: str, contact: str) -> None:
    assert back(ACTIVATION, at(code), screen_of(code)) == screen_of(contact)


# --- The walk


@pytest.mark.parametrize("door", [Door.ACTIVATION, Door.RECOVERY])
@pytest.mark.parametrize("kind", IdentifierKind)
@pytest.mark.parametrize("mode", PaymentMode)
def test_a_member_walks_from_the_terms_to_an_account(door: Door, kind: IdentifierKind, mode: PaymentMode) -> None:
    answers = {
        **ANSWERS,
        "identity": {**ANSWERS["identity"], "identifier_kind": kind, "employer_id": "7714209"},
        "payment": {"employer_id": "7714209", "bank_last8": "00348815", "civil_status_number": "000417"},
    }
    state, effects, gains = started(door), list[Effect](), list[str]()
    for screen in ACTIVATION:
        assert furthest(ACTIVATION, state) is screen
        said = ("claim-of-amina", mode) if screen.step.key == "identity" else FACTS.get(screen.step.key)
        step = passed(submit(screen.step, state, answers[screen.step.key], said))
        state, effects = step.state, [*effects, *step.effects]
        gains += [screen.step.key] if step.gain else []
    assert state.done
    assert gains == ["payment", "email_code", "phone_code", "password"]
    assert [type(effect) for effect in effects] == [
        *(Note, OpenCode, SendCode, Note, OpenCode, SendCode, Note),
        *(Apply, Tell, Tell, Note),
    ]
    assert {effect.challenge.purpose for effect in effects if isinstance(effect, SendCode)} == {"activation"}


def test_every_message_of_the_walk_has_its_texts() -> None:
    told = answered(at("password"), "password").effects
    messages = [effect.message for effect in told if isinstance(effect, Tell)] + ["code_email", "code_sms"]
    assert len(messages) == 4
    assert [message for message in messages if not (PARTIALS / "messages" / message / "body.txt").is_file()] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_blank_form_leads_nowhere(key: str) -> None:
    assert isinstance(submit(screen_of(key).step, at(key), {}, FACTS.get(key)), Stay)


@pytest.mark.parametrize("key", KEYS)
def test_screens_behind_are_open_and_screens_ahead_are_not(key: str) -> None:
    open_now = [screen.step.key for screen in ACTIVATION if allows(ACTIVATION, at(key), screen)]
    assert open_now == KEYS[: KEYS.index(key) + 1]


@pytest.mark.parametrize("key", KEYS)
def test_the_place_is_found_again_from_what_is_kept(key: str) -> None:
    kept = decode(encode(at(key)))
    assert (kept, place(kept)) == (at(key), key)


@pytest.mark.parametrize(
    ("facts", "stands_on"),
    [
        ({"terms": "terms"}, "terms"),
        ({"claim": "identity"}, "identity"),
        ({"member": "payment"}, "payment"),
        ({"email": "email"}, "email"),
        ({"email": "email_code"}, "email_code"),
        ({"phone": "phone"}, "phone"),
        ({"phone": "phone_code"}, "phone_code"),
        ({}, "password"),
        ({"member": "payment", "phone": "phone"}, "payment"),
    ],
)
def test_a_fact_as_it_was_on_an_earlier_screen_leads_back_to_that_screen(facts: dict[str, str], stands_on: str) -> None:
    earlier = {fact: getattr(at(key), fact) for fact, key in facts.items()}
    assert place(replace(at("password"), **earlier)) == stands_on


# --- The way back


@pytest.mark.parametrize("key", KEYS[:-1])
def test_the_same_answers_again_destroy_nothing_and_send_nothing(key: str) -> None:
    state = at("password")
    again = answered(state, key)
    assert (again.state, again.effects, again.gain) == (state, (), False)


NEW_EMAIL = {"email": "badr@exemple.ma", "email_confirm": "badr@exemple.ma"}
NEW_PHONE = {"phone": "0712345699", "phone_confirm": "0712345699"}


@pytest.mark.parametrize(
    ("key", "data", "facts", "stands_on"),
    [
        ("terms", ANSWERS["terms"], "2027-01", "password"),
        ("identity", ANSWERS["identity"], ("claim-of-badr", PaymentMode.VIREMENT), "payment"),
        ("identity", ANSWERS["identity"], ("claim-of-amina", PaymentMode.E_MANDAT), "payment"),
        ("payment", ANSWERS["payment"], Verdict("member-badr", None), "email"),
        ("email", NEW_EMAIL, None, "email_code"),
        ("phone", NEW_PHONE, None, "phone_code"),
    ],
)
def test_a_changed_answer_leads_on_from_its_own_screen(
    key: str, data: dict[str, str], facts: object, stands_on: str
) -> None:
    assert place(passed(submit(screen_of(key).step, at("password"), data, facts)).state) == stands_on


def test_a_number_that_is_proven_is_not_proven_again_for_a_new_e_mail() -> None:
    changed = passed(submit(email.STEP, at("password"), NEW_EMAIL)).state
    assert place(answered(changed, "email_code").state) == "password"


# --- What the server remembers of screens 2 and 3: nothing that was typed


@dataclass(frozen=True)
class Person:
    """Somebody's answers, long enough not to be found by chance."""

    registration: str
    employer: str
    cni: str
    born: date
    bank: str
    civil: str

    @property
    def identity(self) -> dict[str, str]:
        """What they write on screen 2."""
        return {
            "registration_number": self.registration,
            "employer_id": self.employer,
            "national_id": self.cni,
            "birth_day": str(self.born.day),
            "birth_month": str(self.born.month),
            "birth_year": str(self.born.year),
        }

    @property
    def payment(self) -> dict[str, str]:
        """What they write on screen 3."""
        return {"employer_id": self.employer, "bank_last8": self.bank, "civil_status_number": self.civil}

    @property
    def secrets(self) -> set[str]:
        """Everything of it that could be found somewhere, in the forms it may have there."""
        dates = {self.born.strftime(form) for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d", "%d%m%Y")}
        return {self.registration, self.employer, self.cni, self.cni.lower(), self.bank, self.civil} | dates


people = st.builds(
    Person,
    registration=st.from_regex(r"[0-9]{6,12}", fullmatch=True),
    employer=st.from_regex(r"[0-9]{6,15}", fullmatch=True),
    cni=st.from_regex(r"[A-Z]{1,2}[0-9]{5,7}", fullmatch=True),
    born=st.dates(date(1910, 1, 1), date(2008, 12, 31)),
    bank=st.from_regex(r"[0-9]{8}", fullmatch=True),
    civil=st.from_regex(r"[0-9]{6,15}", fullmatch=True),
)


def hashed(form: Identity | Answers) -> str:
    """A reference that depends on all answers and shows none; in letters, so that no digits meet by chance."""
    digest = hashlib.sha256(msgspec.msgpack.encode(form)).hexdigest()
    return digest.translate(str.maketrans("0123456789", "ghijklmnop"))


def found(person: Person, held: object) -> set[str]:
    """What of a person's answers stands in a thing that is kept."""
    raw = msgspec.msgpack.encode(held)
    return {secret for secret in person.secrets if secret.encode() in raw}


@settings(deadline=None)
@given(people, st.sampled_from(IdentifierKind), st.sampled_from(PaymentMode))
def test_no_answer_of_screens_2_and_3_is_kept_or_passed_on(
    person: Person, kind: IdentifierKind, mode: PaymentMode
) -> None:
    who = identity.STEP.action.parse(at("identity"), {**person.identity, "identifier_kind": kind}, NOW)
    assert isinstance(who, Identity)
    claimed = passed(identity.STEP.action.decide(at("identity"), who, (hashed(who), mode), NOW))
    answers = payment.STEP.action.parse(claimed.state, person.payment, NOW)
    assert isinstance(answers, Answers)
    proved = passed(payment.STEP.action.decide(claimed.state, answers, Verdict(hashed(answers), None), NOW))
    refused = payment.STEP.action.decide(claimed.state, answers, Verdict(None, None), NOW)
    for held in (claimed, proved, refused):
        assert found(person, held) == set()


@given(people)
def test_the_search_finds_what_it_looks_for(person: Person) -> None:
    spilled = replace(at("payment"), claim=Claim(IdentifierKind.EMPLOYER, f"k|{person.employer}", PaymentMode.VIREMENT))
    assert person.employer in found(person, Advance(spilled))
    assert person.born.isoformat() in found(person, replace(spilled, member=f"{person.born}"))


# --- Whatever a member does between the verdict and the proof

ADDRESSES = ("amina@exemple.ma", "badr@exemple.ma", "chama@exemple.ma")
Act = tuple[str, int, float]
acts = st.tuples(st.sampled_from(["write", "resend", "identify"]), st.integers(0, 2), st.floats(0, 700))


def done(state: State, act: Act, now: float) -> Advance:
    """One thing somebody does; what is refused changes nothing."""
    name, number, _ = act
    address = ADDRESSES[number]
    outcome: object = Advance(state)
    if name == "identify":
        facts = (f"claim-{'abc'[number]}", PaymentMode.VIREMENT)
        claimed = passed(submit(identity.STEP, state, ANSWERS["identity"], facts, now))
        outcome = answered(claimed.state, "payment", now)
    elif name == "write":
        outcome = submit(email.STEP, state, {"email": address, "email_confirm": address}, None, now)
    elif state.email and email_code.STEP.resend:
        outcome = submit(email_code.STEP.resend, state, {}, number > 0, now)
    return outcome if isinstance(outcome, Advance) else Advance(state)


def used(state: State) -> tuple[int, ...]:
    """What has been used up."""
    tally = state.email_tally
    return (tally.generations, tally.sends, tally.resends, tally.changes)


@settings(deadline=None, max_examples=200)
@given(st.lists(acts, max_size=25))
def test_no_code_is_made_to_live_longer_no_message_goes_twice_and_nothing_used_up_comes_back(story: list[Act]) -> None:
    state, now = at("email"), NOW
    ends: dict[Challenge, float] = {}
    numbers: list[int] = []
    for act in story:
        now += act[2]
        step = done(state, act, now)
        for effect in step.effects:
            if isinstance(effect, SendCode):
                assert effect.not_after == ends.setdefault(effect.challenge, effect.not_after) > now
                numbers.append(effect.send)
        assert all(after >= before for before, after in zip(used(state), used(step.state), strict=True))
        state = step.state
    assert numbers == list(range(1, len(numbers) + 1))
    generations = [challenge.generation for challenge in ends]
    assert generations == sorted(set(generations))
    assert state.email_tally.resends <= 4
    assert state.email_tally.changes <= 3


@pytest.mark.parametrize(("key", "channel"), [("email_code", "email"), ("phone_code", "sms")])
def test_the_code_of_one_channel_is_never_asked_of_the_other(key: str, channel: Channel) -> None:
    effects = answered(at(key.removesuffix("_code")), key.removesuffix("_code")).effects
    assert [effect.challenge.channel for effect in effects if isinstance(effect, OpenCode | SendCode)] == [channel] * 2


def test_the_version_of_the_terms_is_the_one_that_was_shown() -> None:
    terms = at("password").terms
    assert terms is not None
    assert (terms.version, terms.accepted_at) == (TERMS, NOW)
