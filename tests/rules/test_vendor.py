"""What others wrote is served byte for byte as it was chosen."""

import base64
import hashlib
import tomllib
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parents[2] / "static"
VENDORED = ("vendor/*", "fonts/*")
OWN = {"vendor/vendor.toml"}


def pins() -> dict[str, Any]:
    """vendor.toml."""
    return tomllib.loads((STATIC / "vendor" / "vendor.toml").read_text(encoding="utf-8"))


def test_each_vendored_file_has_the_hash_that_was_recorded() -> None:
    recorded = {path: digest for pin in pins().values() for path, digest in pin["files"].items()}
    found = {
        path: f"sha384-{base64.b64encode(hashlib.sha384((STATIC / path).read_bytes()).digest()).decode()}"
        for path in recorded
    }
    assert found == recorded


def test_each_file_in_the_vendor_folders_is_recorded_or_a_licence() -> None:
    recorded = {path for pin in pins().values() for path in pin["files"]}
    found = {path.relative_to(STATIC).as_posix() for pattern in VENDORED for path in STATIC.glob(pattern)}
    assert {path for path in found - recorded - OWN if "/LICENSE-" not in path} == set()


def test_each_vendored_package_names_its_licence_version_and_tarball() -> None:
    for name, pin in pins().items():
        assert all(pin[key] for key in ("package", "version", "licence")), name
        assert pin["tarball"].startswith("sha512-"), name
        assert list((STATIC).glob(f"*/LICENSE-{name}")), f"no licence beside {name}"


def test_htmx_is_the_version_that_its_name_says() -> None:
    pin = pins()["htmx"]
    assert list(pin["files"]) == [f"vendor/htmx-{pin['version']}.min.js"]
