"""A tool of any form, by dotted paths into its body; a list is one alert for each of its objects."""

from collections.abc import Mapping

from toban.domain.intake.making import event, key_of
from toban.domain.intake.nouns import Event, Paths, Severity
from toban.domain.intake.reading import line
from toban.domain.intake.severities import severity
from toban.errors import BodyRefused

NAME = "the tool"


def generic(body: object, paths: Paths) -> tuple[Event, ...]:
    """Raises BodyRefused where an alert has no title, or where a path to what tells alerts apart is empty."""
    alerts = body if isinstance(body, list) else [body]
    return tuple(_event(alert, paths) for alert in alerts)


def _event(alert: object, paths: Paths) -> Event:
    title = _needed(alert, "title", paths.title)
    source = _found(alert, paths.source)
    key = _needed(alert, "dedup_key", paths.dedup_key) if paths.dedup_key else f"{source}:{title}"
    ended = {value.casefold() for value in paths.resolved_values}
    return event(
        resolved=_found(alert, paths.status).casefold() in ended if paths.status else False,
        key=key_of("intake", key),
        summary=title,
        source=source or NAME,
        severity=_severity(_found(alert, paths.severity), paths.severities),
        more=alert if isinstance(alert, dict) else {},
    )


def _severity(word: str, own: Mapping[str, Severity]) -> Severity:
    translated = {each.casefold(): meaning for each, meaning in own.items()}
    return translated.get(word.casefold()) or severity(word)


def _needed(alert: object, name: str, path: str) -> str:
    text = _found(alert, path)
    if not text:
        raise BodyRefused(
            f"There is no text at {path!r} in the body; mapping.{name} must name one in each body."
        )
    return text


def _found(alert: object, path: str | None) -> str:
    return line(_at(alert, path.split("."))) if path else ""


def _at(value: object, names: list[str]) -> object:
    """A name may hold dots itself: the longest that is there counts. A number counts a list from 0."""
    if not names:
        return value
    if isinstance(value, list):
        inside = names[0].isascii() and names[0].isdigit() and int(names[0]) < len(value)
        return _at(value[int(names[0])], names[1:]) if inside else None
    if not isinstance(value, Mapping):
        return None
    for length in range(len(names), 0, -1):
        name = ".".join(names[:length])
        if name in value:
            return _at(value[name], names[length:])
    return None
