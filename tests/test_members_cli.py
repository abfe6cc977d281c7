"""`webapp members …` as an operator types it."""

import asyncio
import csv
import sqlite3
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner, Result

from tests.contracts.people import AMINA, HASSAN, csv_line, csv_lines
from webapp.adapters.database.migrate import migrate
from webapp.core.state import PaymentMode
from webapp.members_cli import DEMO, load_demo, members
from webapp.settings import Env, load


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a migrated database, and no settings but that."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WEBAPP_DATA_DIR", str(tmp_path))
    asyncio.run(migrate(load().database))
    return tmp_path


def type_(*words: str) -> Result:
    return CliRunner().invoke(members, list(words))


def count(folder: Path) -> int:
    connection = sqlite3.connect(folder / "mon-compte.sqlite")
    (number,) = connection.execute("SELECT count(*) FROM member").fetchone()
    connection.close()
    return int(number)


def write(folder: Path, *lines: bytes) -> str:
    file = folder / "members.csv"
    file.write_bytes(b"".join(lines))
    return str(file)


def test_a_file_is_imported_with_a_summary_and_bad_rows_on_the_error_output(folder: Path) -> None:
    result = type_("import", write(folder, *csv_lines(AMINA), b"x,,,,,,\n", csv_line(HASSAN)))
    assert (result.exit_code, result.stdout) == (0, "imported 2, updated 0, skipped 1\n")
    (line,) = result.stderr.splitlines()
    assert line.startswith("line 3: registration_number: format; employer_id: required;")
    assert count(folder) == 2


def test_a_second_import_updates(folder: Path) -> None:
    file = write(folder, *csv_lines(AMINA))
    type_("import", file)
    assert type_("import", file).stdout == "imported 0, updated 1, skipped 0\n"


def test_an_import_that_takes_no_row_at_all_fails(folder: Path) -> None:
    result = type_("import", write(folder, *csv_lines(), b"x,,,,,,\n"))
    assert (result.exit_code, result.stdout) == (1, "imported 0, updated 0, skipped 1\n")


def test_a_file_without_members_is_fine(folder: Path) -> None:
    assert type_("import", write(folder, *csv_lines())).exit_code == 0


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, "No such file"),
        (b"", "the header lacks"),
        (b"a,b\n1,2\n", "the header lacks"),
        ("é".encode("latin-1"), "no CSV header in UTF-8"),
        (bytes(range(255, 0, -1)) * 20, "no CSV header in UTF-8"),
    ],
)
def test_a_file_that_can_not_serve_is_said_in_one_line(folder: Path, content: bytes | None, text: str) -> None:
    file = str(folder / "missing.csv") if content is None else write(folder, content)
    result = type_("import", file)
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"Error: {file}: ")
    assert text in line


def test_a_database_without_tables_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WEBAPP_DATA_DIR", str(tmp_path))
    result = type_("import", write(tmp_path, *csv_lines(AMINA)))
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: the database is not up to date: run `webapp migrate` first\n",
    )


def test_the_demo_members_are_imported_and_shown(folder: Path) -> None:
    result = type_("demo")
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == count(folder) >= 14
    assert "071000011" in result.stdout


def test_production_takes_no_demo_members(folder: Path) -> None:
    with pytest.raises(ClickException, match="development"):
        load_demo(load().model_copy(update={"env": Env.PRODUCTION}))
    assert count(folder) == 0


def test_the_demo_members_cover_what_is_special() -> None:
    with DEMO.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["payment_mode"] for row in rows} == {mode.value for mode in PaymentMode}
    for column in ("registration_number", "employer_id", "bank_last8", "civil_status_number"):
        assert any(row[column].startswith("0") for row in rows), column
    assert {sum(char.isalpha() for char in row["national_id"]) for row in rows} == {1, 2}
    assert any(row["birth_date"] < "1935" for row in rows)
    assert any("؀" < row["name"][0] < "ۿ" for row in rows)
    assert next(row for row in rows if row["registration_number"] == "071000011")["birth_date"] == "1984-04-12"
