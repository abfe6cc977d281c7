"""Which adapter serves which port: the only file that knows."""

from dataclasses import dataclass

from redis.asyncio import Redis

from webapp import branding
from webapp.adapters import redis_client
from webapp.adapters.accounts import PiccoloAccounts
from webapp.adapters.audit import PiccoloAudit
from webapp.adapters.captcha_altcha import AltchaCaptcha
from webapp.adapters.captcha_off import NoCaptcha
from webapp.adapters.codes import RedisCodes
from webapp.adapters.delivered import DevelopmentSender
from webapp.adapters.flow_store import RedisFlowStore
from webapp.adapters.hasher import Argon2Hasher
from webapp.adapters.keys import Keyring
from webapp.adapters.limiter import RedisLimiter
from webapp.adapters.links import SignedAlarms
from webapp.adapters.members import PiccoloMembers
from webapp.adapters.outbox import PiccoloOutbox
from webapp.adapters.queue import ArqQueue
from webapp.adapters.sign_ins import PiccoloSignIns
from webapp.adapters.space import PiccoloSpace
from webapp.branding import Brand
from webapp.closing import Closing
from webapp.core.state import Channel
from webapp.delivery import Delivery
from webapp.ports import Captcha, Clock, Sender, Services
from webapp.settings import Settings
from webapp.web.letters import Letters


@dataclass(frozen=True)
class House:
    """Everything that was put together for one process."""

    settings: Settings
    keys: Keyring
    brand: Brand
    services: Services
    delivered: DevelopmentSender
    store: Redis

    async def close(self) -> None:
        """Let go of the store; the database is closed by whoever connected it."""
        await redis_client.close(self.store)


def build(settings: Settings, clock: Clock) -> House:
    """The house for these settings; nothing is connected yet."""
    keys, brand = Keyring(settings.secrets), branding.read(settings.branding)
    store = redis_client.connect(settings.store)
    captcha: Captcha = AltchaCaptcha(store, keys) if settings.captcha == "altcha" else NoCaptcha()
    services = Services(
        members=PiccoloMembers(keys, clock),
        accounts=PiccoloAccounts(keys),
        space=PiccoloSpace(keys),
        sign_ins=PiccoloSignIns(keys),
        hasher=Argon2Hasher(),
        codes=RedisCodes(store, keys),
        limiter=RedisLimiter(store, keys, settings.budget_scale),
        captcha=captcha,
        outbox=PiccoloOutbox(keys),
        queue=ArqQueue(store),
        flow=RedisFlowStore(store, keys),
        audit=PiccoloAudit(),
        alarms=SignedAlarms(keys),
        clock=clock,
        terms_version=brand.terms.version,
        sign_in_code=settings.sign_in_code,
    )
    return House(settings, keys, brand, services, DevelopmentSender(keys, clock), store)


def delivery(house: House) -> Delivery:
    """The sending half of the house. Both channels go to the development outbox until a provider is configured."""
    wording = Letters(house.brand, house.settings.base_url, house.services.alarms)
    senders: dict[Channel, Sender] = {"email": house.delivered, "sms": house.delivered}
    return Delivery(house.services.outbox, house.services.codes, wording, senders, house.services.clock)


def closing(house: House) -> Closing:
    """The half of the house that erases accounts."""
    services = house.services
    return Closing(services.space, services.outbox, services.queue, services.audit, services.clock)
