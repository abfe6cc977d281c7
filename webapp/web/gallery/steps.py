"""The scenes of the steps, read off their declarations: each sample, error, notice and place in a journey."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any, Final

from msgspec import structs

from webapp.branding import Brand
from webapp.core.flow import AnyStep, Screen
from webapp.core.state import Door, State
from webapp.core.step import FieldError
from webapp.core.views import ScreenView
from webapp.journeys import JOURNEYS, SPACE
from webapp.ports import Proof
from webapp.web.gallery.samples import ARRIVING, CAPTCHAS, FILLED, NO_VIEW, SAMPLES, SESSION, TYPED, Sample
from webapp.web.gallery.scene import PATH, Scene
from webapp.web.pages import surroundings

_ANYWHERE: Final = ("not-yet", "saved-already")
Samples = Mapping[str, Sample]
Variant = tuple[str, Sample, dict[str, Any]]  # the end of a name, and what differs in the ScreenView
_ROWS: Final = [(door, screen) for door, journey in JOURNEYS.items() for screen in journey.table]


def step_scenes(brand: Brand) -> Iterator[Scene]:
    """All scenes of all steps, in the order of the journeys."""
    first: dict[str, tuple[Door, Screen]] = {}
    for door, screen in _ROWS:
        first.setdefault(screen.step.key, (door, screen))
    for door, screen in first.values():
        yield from _of_step(door, screen, brand)
    for door, screen in _ROWS:
        if first[screen.step.key] != (door, screen):
            name = ".".join(part for part in (screen.step.key, "in", door.value, screen.path) if part)
            yield _scene(name, door, screen, brand, next(iter(_samples(screen.step).values())))


def _of_step(door: Door, screen: Screen, brand: Brand) -> Iterator[Scene]:
    step, samples = screen.step, _samples(screen.step)
    for name, sample in samples.items():
        yield _scene(f"{step.key}.{name}", door, screen, brand, sample)
    for name, sample, shown in (*_wrong(step, samples), *_said(step, samples), *_asked(step, samples)):
        yield _scene(f"{step.key}.{name}", door, screen, brand, sample, **shown)


def _wrong(step: AnyStep, samples: Samples) -> Iterator[Variant]:
    """Each error alone, on the first sample that can show it, and all of a sample's fields at once."""
    for error in _refusals(step):
        sample = next(sample for sample in samples.values() if _seen(sample, error))
        yield f"error.{error.field}.{error.code}", sample, {"values": _kept(step, sample), "errors": (error,)}
    for name, sample in samples.items():
        if len(together := _together(step, sample)) > 1:
            yield f"errors.{name}", sample, {"values": _kept(step, sample), "errors": together}


def _said(step: AnyStep, samples: Samples) -> Iterator[Variant]:
    """Each sentence that can stand above the step."""
    plain = next(iter(samples.values()))
    for notice in (*_ANYWHERE, *(("new-code-sent",) if step.resend else ()), *ARRIVING.get(step.key, ())):
        yield f"notice.{notice}", plain, {"notice": notice}


def _asked(step: AnyStep, samples: Samples) -> Iterator[Variant]:
    """What a member sees who comes back, or whose robot check is over."""
    plain, last = next(iter(samples.values())), [*samples.values()][-1]
    if step.keeps:
        yield "filled", last, {"values": _kept(step, last)}
    if step.action.captcha:
        yield "captcha.solved", plain, {"captcha": CAPTCHAS["solved"]}
        yield "captcha.off", plain, {"captcha": CAPTCHAS["off"]}


def _samples(step: AnyStep) -> Samples:
    return SAMPLES.get(step.key, NO_VIEW)


def _scene(name: str, door: Door, screen: Screen, brand: Brand, sample: Sample, **shown: Any) -> Scene:
    """A step's form leads back to its own scene, so that the display switch works and nothing real is touched."""
    captcha = CAPTCHAS["asked"] if screen.step.action.captcha else None
    around = replace(surroundings(screen, _standing(door, screen)), path=f"{PATH}/{name}")
    view = replace(around, **{"captcha": captcha, "values": sample.values, "view": sample.view, **shown})
    return Scene(name, f"steps/{screen.step.key}.html", _context(door, view, brand, sample))


def _context(door: Door, view: ScreenView, brand: Brand, sample: Sample) -> dict[str, Any]:
    session = SESSION if JOURNEYS[door].absent == SPACE else None
    return {"screen": view, "session": session, "brand": structs.replace(brand, **sample.branding)}


def _standing(door: Door, screen: Screen) -> State:
    """A member for whom the row is."""
    lost, channels = (None, "email", "phone"), (None, "sms", "email")
    states = (State("gallery", door, 0.0, lost=one, channel=other) for one, other in product(lost, channels))  # type: ignore[arg-type]
    return next(state for state in states if screen.when(state))


def _refusals(step: AnyStep) -> list[FieldError]:
    """All that may be wrong: what the step declares, what the robot check and the budgets say."""
    actions = [step.action, *([step.resend] if step.resend else [])]
    pairs = [(field, code) for action in actions for field, codes in action.errors.items() for code in codes]
    if any(action.captcha for action in actions):
        pairs += [("captcha", proof.value) for proof in Proof if proof is not Proof.PASSED]
    if any(action.budgets for action in actions):
        pairs.append(("form", "limited"))
    return [_error(field, code) for field, code in pairs]


def _together(step: AnyStep, sample: Sample) -> tuple[FieldError, ...]:
    """One error of each field that the sample shows, in the order of the fields."""
    declared = [
        next((error for code in codes if _seen(sample, error := _error(field, code))), None)
        for field, codes in step.action.errors.items()
        if field != "form"
    ]
    robot = [_error("captcha", Proof.MISSING.value)] if step.action.captcha else []
    return tuple(error for error in [*declared, *robot] if error)


def _seen(sample: Sample, error: FieldError) -> bool:
    return not {error.field, f"{error.field}.{error.code}"} & sample.without


def _error(field: str, code: str) -> FieldError:
    return FILLED.get((field, code), FieldError(field, code))


def _kept(step: AnyStep, sample: Sample) -> dict[str, str]:
    """What stays on the screen after an error."""
    return {**{name: TYPED[name] for name in TYPED if name in step.keeps}, **sample.values}
