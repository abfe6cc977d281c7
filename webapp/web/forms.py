"""What a form sent, read once and kept nowhere: the framework's own parser remembers the last thousand bodies."""

from typing import Any, Final
from urllib.parse import parse_qsl

from litestar import Request
from litestar.exceptions import ClientException

_MOST_FIELDS: Final = 40
_URLENCODED: Final = "application/x-www-form-urlencoded"

AnyRequest = Request[Any, Any, Any]


class Malformed(ClientException):
    """The body is not a form (400)."""


async def read(request: AnyRequest) -> dict[str, str]:
    """The fields of an urlencoded body, the last value of each name. Malformed, or 413 past the cap."""
    body = await request.body()
    if body and request.content_type[0] != _URLENCODED:
        raise Malformed
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:  # bytes outside ASCII, escapes that are not UTF-8, too many fields
        raise Malformed from None
    return dict(pairs)
