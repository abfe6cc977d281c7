"""Files of an npm package, the same bytes as when it was chosen: each fetch is held to its recorded hash."""

import base64
import hashlib
import subprocess
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
VENDOR_TOML = STATIC / "vendor" / "vendor.toml"


def integrity(algorithm: str, content: bytes) -> str:
    """The hash as npm and browsers write it: `sha384-` and base64."""
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def entry(name: str) -> dict[str, str]:
    """One table of vendor.toml."""
    return tomllib.loads(VENDOR_TOML.read_text(encoding="utf-8"))[name]


def fetch(package: str, version: str) -> tuple[str, dict[str, bytes]]:
    """Return the tarball's sha512 and its files by path; needs npm, and its registry."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, f"{package}@{version}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (tarball,) = Path(folder).glob("*.tgz")
        with tarfile.open(tarball) as archive:
            files = {
                member.name.removeprefix("package/"): archive.extractfile(member).read()
                for member in archive
                if member.isfile()
            }
        return integrity("sha512", tarball.read_bytes()), files


def fetch_pinned(name: str) -> dict[str, bytes]:
    """The files of the package that vendor.toml names, or a refusal when its bytes are not those recorded."""
    pin = entry(name)
    digest, files = fetch(pin["package"], pin["version"])
    if digest != pin["tarball"]:
        raise SystemExit(f"{pin['package']} {pin['version']} is {digest}, vendor.toml says {pin['tarball']}")
    return files


def record(old: str, new: str) -> None:
    """Replace one value of vendor.toml, leaving its comments alone."""
    VENDOR_TOML.write_text(VENDOR_TOML.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
