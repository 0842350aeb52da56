"""Reading PagerDuty's objects: any field that is not required may be null, also a list."""

from typing import Any

Row = dict[str, Any]


def id_of(reference: Row | None) -> str | None:
    """The id a reference points to."""
    return reference.get("id") if reference else None


def ids_of(references: list[Row] | None) -> list[str]:
    """The ids of a list of references, in its order."""
    return [reference["id"] for reference in references or () if reference and reference.get("id")]


def name_of(reference: Row | None) -> str | None:
    """What people see: a full object's name, a reference's summary."""
    return (reference.get("name") or reference.get("summary")) if reference else None


def kind_of(reference: Row | None) -> str | None:
    """`user` for both a user and a `user_reference`."""
    return (reference.get("type") or "").removesuffix("_reference") or None if reference else None
