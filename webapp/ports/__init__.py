"""What the product needs from the outside, as narrow as the need; adapters/ serves it."""

from dataclasses import dataclass

from webapp.ports.accounts import Accounts, Credentials, Hasher, Space, Summary, Verified
from webapp.ports.codes import Codes, Guess, Guessed
from webapp.ports.delivery import Alarm, Alarms, Claimed, Letter, Message, Outbox, Post, Queue, Sender, Undelivered
from webapp.ports.gates import Captcha, Limited, Limiter, Proof
from webapp.ports.journey import Audit, Away, Clock, FlowStore, Stored
from webapp.ports.register import Answers, Identity, Members
from webapp.ports.sign_ins import SignedIn, SignIn, SignIns

__all__ = [
    "Accounts",
    "Alarm",
    "Alarms",
    "Answers",
    "Audit",
    "Away",
    "Captcha",
    "Claimed",
    "Clock",
    "Codes",
    "Credentials",
    "FlowStore",
    "Guess",
    "Guessed",
    "Hasher",
    "Identity",
    "Letter",
    "Limited",
    "Limiter",
    "Members",
    "Message",
    "Outbox",
    "Post",
    "Proof",
    "Queue",
    "Sender",
    "Services",
    "SignIn",
    "SignIns",
    "SignedIn",
    "Space",
    "Stored",
    "Summary",
    "Undelivered",
    "Verified",
]


@dataclass(frozen=True)
class Services:
    """All ports a journey uses, the version of the terms, and whether an unknown browser is asked for a code."""

    members: Members
    accounts: Accounts
    space: Space
    sign_ins: SignIns
    hasher: Hasher
    codes: Codes
    limiter: Limiter
    captcha: Captcha
    outbox: Outbox
    queue: Queue
    flow: FlowStore
    audit: Audit
    alarms: Alarms
    clock: Clock
    terms_version: str
    sign_in_code: bool
