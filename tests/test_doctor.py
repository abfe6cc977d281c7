"""`webapp check` says part by part what would keep the product from serving."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.servers import settings_of

PARTS = ("settings", "catalogues", "branding", "database", "store")


def webapp(verb: str, data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """One verb of the console command, with a data folder and settings of its own."""
    command = [sys.executable, "-m", "webapp", *verb.split()]
    return subprocess.run(command, env=settings_of(data, **settings), capture_output=True, text=True, check=False)


def test_everything_is_well(tmp_path: Path, redis_url: str) -> None:
    assert webapp("migrate", tmp_path, WEBAPP_REDIS_URL=redis_url).returncode == 0
    found = webapp("check", tmp_path, WEBAPP_REDIS_URL=redis_url)
    assert found.stdout.splitlines() == [f"{part}: ok" for part in PARTS]
    assert found.returncode == 0


def test_a_database_without_its_tables_and_a_store_that_is_away_are_named(tmp_path: Path) -> None:
    found = webapp("check", tmp_path, WEBAPP_REDIS_URL="redis://127.0.0.1:1")
    assert "database: not up to date; run `webapp migrate`" in found.stdout
    assert "store: does not answer" in found.stdout
    assert found.returncode == 1


@pytest.mark.parametrize("verb", ["check", "serve", "worker", "migrate", "run", "members demo"])
def test_a_setting_that_can_not_serve_stops_every_verb_in_one_line(tmp_path: Path, verb: str) -> None:
    found = webapp(verb, tmp_path, WEBAPP_SECRET_KEYS="too-short", WEBAPP_CAPTCHA="perhaps")
    assert found.returncode == 1
    assert len(found.stderr.splitlines()) == 1
    assert "WEBAPP_SECRET_KEYS" in found.stderr
    assert "WEBAPP_CAPTCHA" in found.stderr
    assert "too-short" not in found.stderr


def test_production_refuses_what_belongs_to_development(tmp_path: Path) -> None:
    found = webapp("serve", tmp_path, WEBAPP_ENV="production")
    assert found.returncode == 1
    for fault in ("secret_keys", "https", "redis_url", "email", "sms"):
        assert fault in found.stderr
