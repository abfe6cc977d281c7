"""Every figure of the product in one place; the screens' texts are filled from these rows (source: trust.md)."""

from dataclasses import dataclass
from typing import Final

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


@dataclass(frozen=True)
class CodeFigures:
    """What a one-time code is worth. Times in seconds."""

    digits: int = 6
    life: int = 10 * MINUTE
    tries: int = 5
    resends: int = 4  # per journey and channel
    changes: int = 3  # of the destination, per journey


@dataclass(frozen=True)
class JourneyFigures:
    """How long a journey is held. Times in seconds."""

    idle: int = 30 * MINUTE
    absolute: int = HOUR
    done: int = 10 * MINUTE  # how long the last screen can still be shown


@dataclass(frozen=True)
class PasswordFigures:
    """The fund's rule, counted in characters."""

    shortest: int = 8
    longest: int = 128


@dataclass(frozen=True)
class SignInFigures:
    """How long a sign-in is held, and how long one remembers its browser. Times in seconds."""

    idle: int = 15 * MINUTE
    absolute: int = 8 * HOUR
    warning: int = 2 * MINUTE  # before its end one is asked whether to stay
    browser: int = 90 * DAY  # since a known browser was last used
    history: int = 90 * DAY  # how long an ended sign-in is shown


@dataclass(frozen=True)
class AccountFigures:
    """What protects an account from impostors. Times in seconds."""

    hold: int = DAY  # a replaced contact can not recover the account, nor a password set with it be used, before
    alarm: int = 10 * DAY  # how long a "this was not me" link works
    cooling_off: int = 14 * DAY  # between the wish to close an account and its end


CODE: Final = CodeFigures()
JOURNEY: Final = JourneyFigures()
PASSWORD: Final = PasswordFigures()
SIGN_IN: Final = SignInFigures()
ACCOUNT: Final = AccountFigures()
RESEND_AFTER: Final = {"email": 60, "sms": 120}  # seconds
DELIVERY_LADDER: Final = (0, 5, 15, 45, 120, 300)  # seconds before each try
DELIVERY_LEASE: Final = 10  # seconds a worker may hold an outbox row
OVERTAKEN: Final = (0.02, 0.05, 0.1, 0.2, 0.4)  # seconds to wait for the first of two clicks, look by look
REPLAY: Final = 15  # seconds in which the very same submission is answered like the first (a double click)
SWEEP_EVERY: Final = 10  # seconds between two looks for forgotten outbox rows
SWEEP_SPARES: Final = 10  # seconds a new row is left to the request that wrote it, which may yet give it up
TIDY_EVERY: Final = 10  # minutes between two looks for accounts to erase
PROOF_LIFE: Final = JOURNEY.idle  # seconds a proof-of-work challenge stays solvable
PROOF_ROUNDS: Final = 1000  # PBKDF2 rounds of one guess
PROOF_GUESSES: Final = 400  # guesses at most
BODY_BYTES: Final = 16 * 1024
RETRY_AFTER: Final = 10  # seconds, told when a part of the house is away

# Budgets that span requests: name -> windows, in the notation of `limits`. What is counted is said beside each.
BUDGETS: Final = {
    "identity-answers": ("5/hour", "8/day"),  # wrong answers, per claimed identity; success clears
    "code-journey": ("15/hour",),  # guesses, per journey
    "code-member": ("20/day",),  # guesses, per member
    "send-destination": ("3/15 minutes", "5/hour", "10/day"),  # sends to one address, all members together
    # passwords, per number and network prefix, so no stranger can lock a member out; the windows make a growing delay
    "sign-in": ("2/10 seconds", "3/minute", "4/5 minutes", "5/15 minutes"),  # success clears
    "password-again": ("5/15 minutes",),  # passwords asked again inside the space, per member; success clears
}
