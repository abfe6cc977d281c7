"""One submission without HTTP, over the memory twins of all ports and a clock that the test moves."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from msgspec.structs import replace as altered

from webapp.adapters.captcha_off import NoCaptcha
from webapp.adapters.hasher import Argon2Hasher
from webapp.adapters.keys import Keyring
from webapp.adapters.links import SignedAlarms
from webapp.adapters.memory import MemoryAudit, MemoryMembers, MemoryOutbox
from webapp.adapters.memory_accounts import Books, MemoryAccounts, MemorySpace
from webapp.adapters.memory_sign_ins import MemorySignIns
from webapp.adapters.memory_store import MemoryCodes, MemoryFlow, MemoryLimiter, MemoryQueue
from webapp.core.flow import Screen
from webapp.core.limits import CODE, RESEND_AFTER
from webapp.core.state import Claim, Contact, Door, IdentifierKind, PaymentMode, State, Terms
from webapp.journeys import ACTIVATION
from webapp.ports import Letter, Proof, Services
from webapp.web.runner import Again, Next, Result, Submission, submit

START = 1_795_000_000.0
EMAIL = {"email": "amina@exemple.ma", "email_confirm": "amina@exemple.ma"}
SCREENS = {screen.path: screen for screen in ACTIVATION}
CLAIM = Claim(IdentifierKind.REGISTRATION, "a keyed hash", PaymentMode.VIREMENT)
KNOWN = State("a journey's secret", Door.ACTIVATION, START, terms=Terms("1", START), claim=CLAIM, member="a member")


@dataclass
class Clock:
    now: float = START

    def __call__(self) -> float:
        return self.now


class Refusing(NoCaptcha):
    """A robot check that nobody passes."""

    async def check(self, _: str, __: float) -> Proof:
        return Proof.FAILED


@dataclass
class Desk:
    """The services, and the one journey that is on them."""

    clock: Clock = field(default_factory=Clock)
    cookie: str = ""

    def __post_init__(self) -> None:
        keys = Keyring(["a secret of this test, long enough for anybody"])
        books = Books()
        self.codes = MemoryCodes(keys.key("code"), self.clock)
        self.outbox, self.queue, self.audit = MemoryOutbox(), MemoryQueue(), MemoryAudit()
        self.services = Services(
            members=MemoryMembers(keys, []),
            accounts=MemoryAccounts(books),
            space=MemorySpace(books, keys),
            sign_ins=MemorySignIns(books),
            hasher=Argon2Hasher(),
            codes=self.codes,
            limiter=MemoryLimiter(self.clock),
            captcha=NoCaptcha(),
            outbox=self.outbox,
            queue=self.queue,
            flow=MemoryFlow(self.clock),
            audit=self.audit,
            alarms=SignedAlarms(keys),
            clock=self.clock,
            terms_version="1",
            sign_in_code=True,
        )

    async def begin(self, state: State) -> None:
        self.cookie = await self.services.flow.start(state, self.clock())

    async def state(self) -> State:
        stored = await self.services.flow.load(self.cookie, self.clock())
        assert stored is not None
        return stored.state

    async def send(self, path: str, data: Mapping[str, str], *, resend: bool = False) -> Result:
        return await self.run(await self.sent(path, data, resend=resend))

    async def sent(self, path: str, data: Mapping[str, str], *, resend: bool = False) -> Submission:
        screen: Screen = SCREENS[path]
        stored = await self.services.flow.load(self.cookie, self.clock())
        action = screen.step.resend if resend else screen.step.action
        assert stored is not None
        assert action is not None
        return Submission(self.cookie, stored, screen, action, data, "fr")

    async def run(self, sent: Submission) -> Result:
        result = await submit(sent, self.services)
        if isinstance(result, Next) and result.cookie:
            self.cookie = result.cookie
        return result

    async def letters(self) -> list[Letter]:
        """What the workers were asked to send and would."""
        claimed = [await self.outbox.claim(row, self.clock()) for row in self.queue.waiting]
        return [one.letter for one in claimed if one]


@pytest.fixture
async def desk() -> Desk:
    desk = Desk()
    await desk.begin(KNOWN)
    return desk


async def test_an_address_gets_one_letter_and_the_next_screen(desk: Desk) -> None:
    assert await desk.send("email", EMAIL) == Next("/mon_compte/email-code")
    (letter,) = await desk.letters()
    assert (letter.address, letter.message, letter.display) == ("amina@exemple.ma", "code_email", "fr")


async def test_the_same_address_again_sends_nothing_while_its_code_lives(desk: Desk) -> None:
    await desk.send("email", EMAIL)
    assert await desk.send("email", EMAIL) == Next("/mon_compte/email-code")
    assert len(desk.queue.waiting) == 1


async def test_the_right_code_changes_the_cookie_and_is_noted(desk: Desk) -> None:
    await desk.send("email", EMAIL)
    old, (letter,) = desk.cookie, await desk.letters()
    assert letter.challenge is not None
    result = await desk.send("email-code", {"code": desk.codes.derive(letter.challenge)})
    assert isinstance(result, Next)
    assert (result.address, desk.cookie != old) == ("/mon_compte/telephone", True)
    assert await desk.services.flow.load(old, desk.clock()) is None


@pytest.mark.parametrize(
    ("channel", "first", "path"),
    [("email", "email", "email-code"), ("sms", "telephone", "telephone-code")],
)
async def test_a_resend_waits_for_its_time_then_sends_the_same_code_until_half_its_life_is_over(
    channel: str, first: str, path: str
) -> None:
    desk = Desk()
    proven = Contact("amina@exemple.ma", 1, START, START, proven=True)
    await desk.begin(KNOWN if channel == "email" else altered(KNOWN, email=proven))
    phone = {"phone": "0612345678", "phone_confirm": "+212612345678"}
    await desk.send(first, EMAIL if channel == "email" else phone)
    desk.clock.now += RESEND_AFTER[channel] - 1
    refused = await desk.send(path, {}, resend=True)
    assert isinstance(refused, Again)
    assert refused.retry_at == START + RESEND_AFTER[channel]
    desk.clock.now += 1
    assert await desk.send(path, {}, resend=True) == Next(f"/mon_compte/{path}", notice="new-code-sent")
    desk.clock.now = START + CODE.life / 2
    assert isinstance(await desk.send(path, {}, resend=True), Next)
    codes = [desk.codes.derive(letter.challenge) for letter in await desk.letters() if letter.challenge]
    assert codes[0] == codes[1]
    assert codes[1] != codes[2]


async def test_the_fifth_resend_is_refused_for_good(desk: Desk) -> None:
    desk.services = replace(desk.services, limiter=MemoryLimiter(desk.clock, scale=10))
    await desk.send("email", EMAIL)
    for _ in range(CODE.resends):
        desk.clock.now += RESEND_AFTER["email"]
        assert isinstance(await desk.send("email-code", {}, resend=True), Next)
    desk.clock.now += RESEND_AFTER["email"]
    result = await desk.send("email-code", {}, resend=True)
    assert isinstance(result, Again)
    assert [(error.field, error.code) for error in result.errors] == [("resend", "exhausted")]


async def test_a_resend_after_five_wrong_guesses_brings_a_new_code(desk: Desk) -> None:
    await desk.send("email", EMAIL)
    (letter,) = await desk.letters()
    assert letter.challenge is not None
    code = desk.codes.derive(letter.challenge)
    for n in range(1, CODE.tries + 1):
        await desk.send("email-code", {"code": f"{(int(code) + n) % 1_000_000:06}"})
    desk.clock.now += RESEND_AFTER["email"]
    await desk.send("email-code", {}, resend=True)
    newer = (await desk.letters())[-1].challenge
    assert newer is not None
    assert newer.generation == 2
    assert isinstance(await desk.send("email-code", {"code": desk.codes.derive(newer)}), Next)


async def test_the_loser_of_two_tabs_sends_nothing(desk: Desk) -> None:
    first = await desk.sent("email", EMAIL)
    other = await desk.sent("email", {"email": "autre@exemple.ma", "email_confirm": "autre@exemple.ma"})
    await desk.run(first)
    assert await desk.run(other) == Next("/mon_compte/email-code", notice="saved-already")
    assert {letter.address for letter in await desk.letters()} == {"amina@exemple.ma"}
    assert not [row for row in await desk.outbox.forgotten(desk.clock() + 3600) if row not in desk.queue.waiting]


async def test_the_same_form_twice_sends_one_letter_and_withdraws_none(desk: Desk) -> None:
    first, second = await desk.sent("email", EMAIL), await desk.sent("email", EMAIL)
    await desk.run(first)
    await desk.run(second)
    assert len(await desk.letters()) == 1


async def test_a_destination_that_had_its_three_messages_is_refused_with_the_hour(desk: Desk) -> None:
    for _ in range(3):
        await desk.begin(altered(KNOWN, journey=f"journey {_}"))
        assert isinstance(await desk.send("email", EMAIL), Next)
    await desk.begin(altered(KNOWN, journey="the fourth"))
    result = await desk.send("email", EMAIL)
    assert isinstance(result, Again)
    assert result.retry_at == START + 900
    assert result.errors[0].code == "limited"


async def test_a_robot_gets_no_guess(desk: Desk) -> None:
    await desk.send("email", EMAIL)
    (letter,) = await desk.letters()
    assert letter.challenge is not None
    desk.services = replace(desk.services, captcha=Refusing())
    result = await desk.send("email-code", {"code": desk.codes.derive(letter.challenge)})
    assert isinstance(result, Again)
    assert [error.field for error in result.errors] == ["captcha"]
    assert await desk.codes.usable(letter.challenge)


async def test_an_idle_journey_is_over_after_half_an_hour(desk: Desk) -> None:
    desk.clock.now += 30 * 60
    assert await desk.services.flow.load(desk.cookie, desk.clock()) is None
