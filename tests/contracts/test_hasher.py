"""ports.Hasher: Argon2id, where the figures are ours and a stranger costs what a member costs."""

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from webapp.adapters.hasher import Argon2Hasher
from webapp.ports import Verified

hasher = Argon2Hasher()
PASSWORD = "Sésame, ouvre-toi 1"
WEAKER = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1, type=Type.ID)


async def test_the_right_password_is_right_and_any_other_is_not() -> None:
    kept = await hasher.hash(PASSWORD)
    assert await hasher.verify(PASSWORD, kept) == Verified(right=True)
    for wrong in ("", PASSWORD[:-1], f"{PASSWORD} ", PASSWORD.lower()):
        assert await hasher.verify(wrong, kept) == Verified(right=False)


async def test_a_hash_is_argon2id_with_the_figures_of_owasp_and_never_the_same_twice() -> None:
    one, other = await hasher.hash(PASSWORD), await hasher.hash(PASSWORD)
    figures = extract_parameters(one)
    assert one != other
    assert (figures.type, figures.memory_cost, figures.time_cost, figures.parallelism) == (Type.ID, 19 * 1024, 2, 1)


async def test_a_password_is_never_cut() -> None:
    kept = await hasher.hash("a" * 128)
    assert not (await hasher.verify("a" * 129, kept)).right


async def test_a_hash_of_weaker_figures_is_stale_for_whoever_knows_the_password() -> None:
    kept = WEAKER.hash(PASSWORD)
    assert await hasher.verify(PASSWORD, kept) == Verified(right=True, stale=True)
    assert await hasher.verify("another", kept) == Verified(right=False)


async def test_nobodys_password_is_never_right_yet_compared_with_a_hash_of_the_same_figures() -> None:
    assert await hasher.verify(PASSWORD, None) == Verified(right=False)
    assert extract_parameters(hasher._nobodys) == extract_parameters(await hasher.hash(PASSWORD))


async def test_not_even_the_password_behind_nobodys_hash_is_right() -> None:
    lent = Argon2Hasher()
    lent._nobodys = await lent.hash(PASSWORD)
    assert await lent.verify(PASSWORD, None) == Verified(right=False)


@pytest.mark.parametrize("kept", ["", "hash", "é", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$", "$2b$12$x"])
async def test_a_hash_that_is_none_fits_nothing(kept: str) -> None:
    assert await hasher.verify(PASSWORD, kept) == Verified(right=False)
