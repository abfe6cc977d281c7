"""The words in which a step is written: what it reads, what it decides, and what should happen then."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any, Generic, TypeVar

from webapp.core.account import Change, Rehash
from webapp.core.codes import Challenge
from webapp.core.state import Channel, State, Visitor

F = TypeVar("F")
X = TypeVar("X")
S = TypeVar("S")

Data = Mapping[str, str]


@dataclass(frozen=True)
class FieldError:
    """One thing to correct. `code` with `field` names its text; `n` chooses the plural, `values` fill the sentence."""

    field: str
    code: str
    n: int | None = None
    values: Mapping[str, str] = made(default_factory=dict)


@dataclass(frozen=True)
class OpenCode:
    """Give a code its five tries; nothing happens when the challenge is open already."""

    challenge: Challenge


@dataclass(frozen=True)
class SendCode:
    """Put a code's message in the outbox; `send` numbers the messages of one journey and channel."""

    challenge: Challenge
    address: str
    send: int
    not_after: float


@dataclass(frozen=True)
class Apply:
    """Write a change to an account, once."""

    change: Change


@dataclass(frozen=True)
class OpenSignIn:
    """Open the sign-in of a member in the visitor's browser, which is known from then on. `since` (Unix seconds): when
    the password was compared."""

    member: str
    visitor: Visitor
    since: float


@dataclass(frozen=True)
class Tell:
    """Put a notice in the outbox. `key` makes it go out once; `member` is whose account its alarm link freezes."""

    channel: Channel
    message: str
    address: str
    key: str
    member: str


@dataclass(frozen=True)
class Note:
    """Write an event in the audit trail: a name and opaque ids, no personal data."""

    event: str
    subject: str
    detail: str = ""


Effect = OpenCode | SendCode | Apply | Rehash | OpenSignIn | Tell | Note


@dataclass(frozen=True)
class Advance:
    """The step is passed. `gain` says that the member proved something: the cookie changes. `notice` is shown next."""

    state: State
    effects: tuple[Effect, ...] = ()
    gain: bool = False
    notice: str | None = None


@dataclass(frozen=True)
class Stay:
    """The same screen again, with what to correct; `until` (Unix seconds) when only waiting helps."""

    errors: tuple[FieldError, ...]
    until: float | None = None


@dataclass(frozen=True)
class Late:
    """Another request of this journey was first and is about to end; what to correct should it never have."""

    errors: tuple[FieldError, ...]


Outcome = Advance | Stay | Late


@dataclass(frozen=True)
class Budget(Generic[F]):
    """A row of the limits table and whom it counts (None: nobody, this time); `clears` forgets the count on success."""

    row: str
    key: Callable[[State, F, float], str | None]
    clears: bool = False


@dataclass(frozen=True)
class Action(Generic[F, X, S]):
    """Something a member can submit: parse (pure) → budgets → captcha → gather (the only I/O) → decide (pure)."""

    parse: Callable[[State, Data, float], F | Stay]
    gather: Callable[[State, F, S], Awaitable[X]]
    decide: Callable[[State, F, X, float], Outcome]
    errors: Mapping[str, tuple[str, ...]]
    budgets: tuple[Budget[F], ...] = ()
    captcha: bool = False


@dataclass(frozen=True)
class Step(Generic[F, X, S]):
    """One screen: when one may stand on it, what it shows, what it takes. `resend` is its second button, if any."""

    key: str
    ready: Callable[[State], bool]
    action: Action[F, X, S]
    view: Callable[[State, float], object]
    values: Callable[[State], Data]
    resend: Action[Any, Any, S] | None = None
    keeps: frozenset[str] = frozenset()  # fields shown again as typed after an error; never a password or a code


def nothing_typed(_: State) -> Data:
    """The values of a screen that starts blank."""
    return {}


def no_view(_: State, __: float) -> None:
    """The view of a screen that shows its fields and nothing else."""
