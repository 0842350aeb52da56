"""Small rules that compose: each takes a value and its JSON pointer and yields what Slack would say.

The wording is Slack's own where it is known ("must be less than 151 characters [json-pointer:…]").
Lengths count code points: Slack takes 150 astral emoji in a header.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def problem(words: str, pointer: str) -> str:
    """One line as Slack answers it."""
    return f"{words} [json-pointer:{pointer}]"


def anything(_value: Any, _pointer: str) -> Iterator[str]:
    """Accepts whatever comes: for fields whose content Slack does not check, or that Toban never sends."""
    yield from ()


def string(most: int | None = None, least: int = 0, pattern: str | None = None) -> Rule:
    """A string of `least` to `most` characters, matching `pattern` as a whole if there is one."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must be a string", pointer)
        elif len(value) < least:
            yield problem(f"must be more than {least - 1} characters", pointer)
        elif most is not None and len(value) > most:
            yield problem(f"must be less than {most + 1} characters", pointer)
        elif pattern and not re.fullmatch(pattern, value):
            yield problem(f"does not match the pattern {pattern}", pointer)

    return check


def boolean(value: Any, pointer: str) -> Iterator[str]:
    """True or false, nothing that merely looks so."""
    if not isinstance(value, bool):
        yield problem("must be a boolean", pointer)


def number(least: float | None = None, most: float | None = None, above: float | None = None) -> Rule:
    """A number within [least, most] and greater than `above`."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield problem("must be a number", pointer)
        elif (least is not None and value < least) or (above is not None and value <= above):
            yield problem("is too small", pointer)
        elif most is not None and value > most:
            yield problem("is too large", pointer)

    return check


def one_of(*allowed: str) -> Rule:
    """One of the given words."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield problem(f"must be one of: {', '.join(allowed)}", pointer)

    return check


def items(rule: Rule, least: int = 0, most: int | None = None) -> Rule:
    """A list of `least` to `most` things that each keep `rule`."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield problem("must provide an array", pointer)
            return
        if len(value) < least:
            yield problem(f"no fewer than {least} items allowed", pointer)
        if most is not None and len(value) > most:
            yield problem(f"no more than {most} items allowed", pointer)
        for place, item in enumerate(value):
            yield from rule(item, f"{pointer}/{place}")

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with all of `required`, some of `optional` and nothing else; `type` is left to by_type."""
    known = {"type": anything, **(optional or {}), **required}

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", pointer)
            return
        for name in required.keys() - value.keys():
            yield problem(f"missing required field: {name}", pointer)
        for name, content in value.items():
            if name in known:
                yield from known[name](content, f"{pointer}/{name}")
            else:
                yield problem(f"invalid additional property: {name}", pointer)

    return check


def by_type(rules: Mapping[str, Rule]) -> Rule:
    """An object whose `type` is a key of `rules`, keeping that rule."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", pointer)
        elif "type" not in value:
            yield problem("missing required field: type", pointer)
        elif not isinstance(value["type"], str) or value["type"] not in rules:
            yield problem(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            yield from rules[value["type"]](value, pointer)

    return check


def all_of(*rules: Rule) -> Rule:
    """Every rule, one after the other."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        for rule in rules:
            yield from rule(value, pointer)

    return check


def exactly_one(*names: str) -> Rule:
    """An object that has one of the named fields and not another."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        present = [name for name in names if isinstance(value, dict) and name in value]
        if isinstance(value, dict) and len(present) != 1:
            yield problem(f"must provide exactly one of: {', '.join(names)}", pointer)

    return check


def at_least_one(*names: str) -> Rule:
    """An object that has one or more of the named fields."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if isinstance(value, dict) and not value.keys() & set(names):
            yield problem(f"must provide at least one of: {', '.join(names)}", pointer)

    return check
