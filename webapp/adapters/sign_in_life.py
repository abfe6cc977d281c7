"""How long a sign-in lives and a browser is known, as values: the rules that database and memory twin share."""

from dataclasses import dataclass

from webapp.core.limits import SIGN_IN


@dataclass(frozen=True)
class Gate:
    """What an account says of its sign-ins; times in Unix seconds."""

    era: int
    password_at: float
    alarmed_at: float
    opens_at: float | None
    frozen_at: float | None
    closes_at: float | None

    def admits(self, since: float, now: float) -> bool:
        """Whether a sign-in may begin whose password was compared then: not when it was changed meanwhile."""
        opened = self.opens_at is None or self.opens_at <= now
        gone = self.frozen_at is not None or (self.closes_at is not None and self.closes_at <= now)
        return opened and not gone and max(self.password_at, self.alarmed_at) <= since

    def knows(self, era: int, seen_at: float, now: float) -> bool:
        """Whether a browser last used then is known."""
        return era == self.era and now < seen_at + SIGN_IN.browser


@dataclass(frozen=True)
class Life:
    """The times of a sign-in; `ended_at` is None unless somebody ended it."""

    era: int
    opened_at: float
    seen_at: float
    ended_at: float | None

    def until(self, gate: Gate) -> float:
        """When it ends in any case."""
        oldest = self.opened_at + SIGN_IN.absolute
        return oldest if gate.closes_at is None else min(oldest, gate.closes_at)

    def ends_at(self, gate: Gate) -> float:
        """When it ends if nothing more is heard of it."""
        return min(self.seen_at + SIGN_IN.idle, self.until(gate))

    def death(self, gate: Gate, now: float) -> float | None:
        """When it ended, as well as can be known; None while it is open."""
        ends = [self.ends_at(gate)]
        if self.ended_at is not None:
            ends.append(self.ended_at)
        if self.era != gate.era:
            ends.append(self._end_of_era(gate))
        return min((end for end in ends if end <= now), default=None)

    def shown(self, gate: Gate, now: float) -> bool:
        """Whether history still has it."""
        ended = self.death(gate, now)
        return ended is None or now < ended + SIGN_IN.history

    def _end_of_era(self, gate: Gate) -> float:
        """Eras end with a new password or a freeze, whose last moments are known; when last seen it was alive."""
        return min((end for end in (gate.password_at, gate.alarmed_at) if self.seen_at < end), default=self.seen_at)


def forgotten(now: float) -> float:
    """Whatever was opened by then ended longer ago than history is shown."""
    return now - SIGN_IN.history - SIGN_IN.absolute
