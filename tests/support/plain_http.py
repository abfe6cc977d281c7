"""A browser's network without the browser: one kept connection, cookies, urlencoded forms; light to measure with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answer:
    """Status, where to go next ("" for nowhere), and the body as text."""

    status: int
    location: str
    body: str


@dataclass
class Connection:
    """HTTP/1.1 over one socket to a loopback port."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    host: str
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def open(cls, port: int) -> "AsyncIterator[Connection]":
        """A connection, closed at the end."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            yield cls(reader, writer, f"127.0.0.1:{port}")
        finally:
            writer.close()
            await writer.wait_closed()

    async def send(self, method: str, path: str, fields: dict[str, str] | None) -> Answer:
        """One request and its answer; redirects are not followed."""
        body = urlencode(fields).encode() if fields else b""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}", f"Cookie: {cookies}", "Accept-Language: fr"]
        if fields:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = [line.split(": ", 1) for line in head[1:] if ": " in line]
        for name, value in named:
            if name.lower() == "set-cookie":
                cookie, _, content = value.split(";", 1)[0].partition("=")
                self.cookies[cookie] = content
        headers = {name.lower(): value for name, value in named}
        raw = await self.reader.readexactly(int(headers.get("content-length", "0")))
        return Answer(int(head[0].split()[1]), headers.get("location", ""), raw.decode())
