"""Who is told of what happens to an account: every address that is known, old and new."""

from webapp.core.state import Channel, State
from webapp.core.step import Tell


def told(state: State, message: str) -> tuple[Tell, ...]:
    """One notice for each address on file and each one proven in this journey; `message` names the texts of both
    channels, `<message>_email` and `<message>_sms`."""
    on_file = state.on_file
    emails = [on_file.email if on_file else None, state.email.address if state.email else None]
    phones = [on_file.phone if on_file else None, state.phone.address if state.phone else None]
    addresses: list[tuple[Channel, str | None]] = [
        *(("email", one) for one in emails),
        *(("sms", one) for one in phones),
    ]
    return tuple(
        Tell(channel, f"{message}_{channel}", address, f"{state.journey}|{message}|{address}", state.member or "")
        for channel, address in dict.fromkeys(addresses)
        if address
    )
