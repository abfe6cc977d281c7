"""A browser's network and nothing else: one kept connection, cookies and forms, at a small cost of its own."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

import brotli

HOST: Final = "127.0.0.1"
PATIENCE: Final = 20.0  # seconds for one answer


@dataclass(frozen=True)
class Answer:
    """One answer. `located` is where a 303 leads, "" elsewhere; `took` is in seconds, until its last byte."""

    status: int
    located: str
    raw: bytes
    coding: str
    took: float

    @property
    def body(self) -> bytes:
        """The content as it was before it was packed."""
        return brotli.decompress(self.raw) if self.coding == "br" else self.raw


@dataclass
class Connection:
    """HTTP/1.1 over one socket; `languages` is what the browser asks for, "" for nothing."""

    port: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    languages: str
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str) -> Answer:
        """Open an address."""
        return await self._exchange("GET", path, b"")

    async def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """Send a form; redirects are not followed."""
        return await self._exchange("POST", path, urlencode(form).encode())

    async def _exchange(self, method: str, path: str, body: bytes) -> Answer:
        request = self._head(method, path, body) + body
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            self.writer.write(request)
            status, headers = self._read(await self.reader.readuntil(b"\r\n\r\n"))
            raw = await self.reader.readexactly(int(headers["content-length"]))
        took = time.perf_counter() - began
        return Answer(status, headers.get("location", ""), raw, headers.get("content-encoding", ""), took)

    def _head(self, method: str, path: str, body: bytes) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{self.port}", "Accept-Encoding: br"]
        if self.languages:
            lines.append(f"Accept-Language: {self.languages}")
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            lines.append(f"Origin: http://{HOST}:{self.port}")
        return "\r\n".join([*lines, "", ""]).encode()

    def _read(self, head: bytes) -> tuple[int, dict[str, str]]:
        first, *lines = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
            headers[name.lower()] = value
        return int(first.split(" ", 2)[1]), headers


@asynccontextmanager
async def connected(port: int, languages: str = "") -> AsyncIterator[Connection]:
    """A new browser, closed at the end."""
    reader, writer = await asyncio.open_connection(HOST, port, limit=1 << 20)
    try:
        yield Connection(port, reader, writer, languages)
    finally:
        writer.close()
