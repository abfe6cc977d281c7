"""Many at once through two web processes: five guesses are compared, one answer is accepted, one account is written."""

import asyncio
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.journey import PASSWORD, Member, Town
from tests.support.processes import free_port, start, stop, wait_until
from tests.support.servers import healthy, settings_of
from tests.support.visitor import HOME, Visitor
from webapp.core.limits import CODE

AT_ONCE = 200


@pytest.fixture(scope="module")
def both(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of two web processes on the same database and store."""
    port, log = free_port(), tmp_path_factory.mktemp("second") / "log"
    env = settings_of(town.app.data, WEBAPP_LIMITS_SCALE="1000", WEBAPP_CAPTCHA="off", WEBAPP_BASE_URL=town.app.url)
    with log.open("wb") as words:
        process = start([sys.executable, "-m", "webapp", "serve", "--port", str(port)], words, env=env)
        try:
            second = f"http://127.0.0.1:{port}"
            wait_until(lambda: healthy(second), process, log, seconds=30)
            yield town.app.url, second
        finally:
            stop(process)


async def storm(
    urls: tuple[str, str], visitor: Visitor, path: str, bodies: list[dict[str, str]]
) -> list[httpx.Response]:
    """All bodies at once, half of them to each process, with the cookies and the token the visitor has now."""
    cookies = {cookie.name: cookie.value or "" for cookie in visitor.client.cookies.jar}
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(cookies=cookies, limits=limits, timeout=60) as client:
        sends = [
            client.post(f"{urls[n % 2]}{path}", data={"_csrf_token": visitor.token, **body})
            for n, body in enumerate(bodies)
        ]
        return list(await asyncio.gather(*sends))


def kinds(answers: list[httpx.Response]) -> Counter[str]:
    """How often each answer was given: `left` names the tries that are left, `on` leads to the next screen."""
    return Counter(_kind(answer) for answer in answers)


def _kind(answer: httpx.Response) -> str:
    if answer.status_code == 303:
        return "on" if answer.headers["location"].endswith("/telephone") else "already"
    left = re.search(r"il vous reste (\d)", answer.text)
    return f"left {left[1]}" if left else "spent" if answer.status_code == 422 else str(answer.status_code)


@pytest.fixture
def waiting(town: Town, member: Member) -> Visitor:
    """A visitor before the code of their e-mail."""
    visitor = town.visitor(accept_language="fr")
    town.walk(visitor, member, "email-code")
    return visitor


async def test_of_200_wrong_codes_at_once_five_are_compared(
    town: Town, both: tuple[str, str], member: Member, waiting: Visitor
) -> None:
    code = town.code(member.email)
    wrong = [{"code": f"{(int(code) + n) % 1_000_000:06}"} for n in range(1, AT_ONCE + 1)]
    answers = await storm(both, waiting, f"{HOME}/email-code", wrong)
    # The fifth that was compared leaves no try, and reads like those that were not.
    assert kinds(answers) == {"left 4": 1, "left 3": 1, "left 2": 1, "left 1": 1, "spent": AT_ONCE - 4}
    assert waiting.send(code=code).status == 422


async def test_of_200_right_codes_at_once_one_is_accepted(
    town: Town, both: tuple[str, str], member: Member, waiting: Visitor
) -> None:
    answers = await storm(both, waiting, f"{HOME}/email-code", [{"code": town.code(member.email)}] * AT_ONCE)
    found = kinds(answers)
    assert found["on"] == 1
    assert set(found) <= {"on", "already", "spent"}
    cookies = {answer.cookies["journey"] for answer in answers if "journey" in answer.cookies}
    assert len(cookies) == 1, "whoever is led on is led into the one journey"


async def test_of_many_passwords_at_once_one_account_is_written(
    town: Town, both: tuple[str, str], member: Member
) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "mot-de-passe")
    before = _accounts(town.app.data)
    bodies = [{"password": PASSWORD, "password_confirm": PASSWORD}] * 20
    answers = await storm(both, visitor, f"{HOME}/mot-de-passe", bodies)
    assert {answer.status_code for answer in answers} == {303}
    assert _accounts(town.app.data) == before + 1
    town.message(member.email, 2)
    assert len(town.messages(member.email)) == 2


async def test_of_many_addresses_at_once_those_that_lost_the_race_get_no_code(
    town: Town, both: tuple[str, str], member: Member
) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "email")
    to = [f"onde{n}-{member.email}" for n in range(20)]
    answers = await storm(both, visitor, f"{HOME}/email", [{"email": one, "email_confirm": one} for one in to])
    # One that comes when another is through already is no loser: the member changed the address.
    led_on = [one for one, answer in zip(to, answers, strict=True) if _is_led_on(answer)]
    assert 1 <= len(led_on) <= 1 + CODE.changes
    chosen = visitor.get(f"{HOME}/email").value("email")
    assert chosen in led_on
    town.message(chosen)
    code = town.code(chosen)
    visitor.get(f"{HOME}/email-code")
    assert visitor.send(code=code).path == f"{HOME}/telephone"
    assert [one for one in to if town.messages(one)] == led_on


def _is_led_on(answer: httpx.Response) -> bool:
    return answer.status_code == 303 and answer.headers["location"] == f"{HOME}/email-code"


def _accounts(data: Path) -> int:
    with sqlite3.connect(data / "mon-compte.sqlite") as database:
        return int(database.execute("SELECT count(*) FROM account").fetchone()[0])
