"""The screens that take no answer, where a journey ends, well or not."""

from typing import Any

from litestar import Response

from webapp.core.cases import case_number
from webapp.core.state import Door, State
from webapp.core.times import clock_from, day
from webapp.core.views import RecoveredView
from webapp.journeys import ENDS, End, place
from webapp.ports import Stored
from webapp.web.site import Site, Visit, go, html

_RECOVERED = "steps/recovered.html"


def page(site: Site, visit: Visit, stored: Stored | None, end: End) -> Response[Any]:
    """An end of the journey, unless the journey is elsewhere."""
    here = place(stored.state) if stored else ENDS["expired"].path
    if here != end.path:
        return go(site, visit, here)
    if stored is None:
        return html(site, visit, end.partial, end.path)
    partial = _RECOVERED if stored.state.done and stored.state.door is Door.RECOVERY else end.partial
    case = case_number(stored.state.journey)
    return html(site, visit, partial, end.path, recovered=_recovered(stored.state), case=case)


def _recovered(state: State) -> RecoveredView:
    at = state.opens_at
    return RecoveredView(day(at), clock_from(at)) if at else RecoveredView()
