"""What the product needs from the outside, as narrow as the need; adapters/ serves it."""

from dataclasses import dataclass

from webapp.ports.codes import Codes, Guess, Guessed
from webapp.ports.delivery import Claimed, Letter, Message, Outbox, Post, Queue, Sender, Undelivered
from webapp.ports.gates import Captcha, Limited, Limiter, Proof
from webapp.ports.journey import Audit, Away, Clock, FlowStore, Stored
from webapp.ports.register import Accounts, Answers, Hasher, Identity, Members, NewAccount

__all__ = [
    "Accounts",
    "Answers",
    "Audit",
    "Away",
    "Captcha",
    "Claimed",
    "Clock",
    "Codes",
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
    "NewAccount",
    "Outbox",
    "Post",
    "Proof",
    "Queue",
    "Sender",
    "Services",
    "Stored",
    "Undelivered",
]


@dataclass(frozen=True)
class Services:
    """All ports a journey uses."""

    members: Members
    accounts: Accounts
    hasher: Hasher
    codes: Codes
    limiter: Limiter
    captcha: Captcha
    outbox: Outbox
    queue: Queue
    flow: FlowStore
    audit: Audit
    clock: Clock
    terms_version: str
