"""The forms that values take, each with the sentence that refuses another one."""

import re
from datetime import time
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

# Object storage that an export may go to, as Airflow and fsspec call it.
STORES = ("s3", "gs", "abfs", "abfss")

_zones = cache(available_timezones)  # it reads a folder of hundreds of files each time


def _known_zone(name: str) -> str:
    if name not in _zones() or name == "localtime":  # the machine's own, which others lack
        raise ValueError("is not an IANA time zone such as Asia/Tokyo")
    return name


def _without_seconds(moment: time) -> time:
    if moment.second or moment.microsecond or moment.tzinfo:
        raise ValueError("must be hours and minutes such as 10:00, without seconds or zone")
    return moment


def _folder_or_store(value: object) -> object:
    """The path of a folder, also of an address such as file:///srv/toban; a store's address as it is."""
    if not isinstance(value, str):
        return value
    address = urlsplit(value)
    if "://" not in value:
        return Path(value)
    if address.scheme in STORES and address.hostname and address.password is None:
        return value
    if address.scheme != "file" or address.netloc not in ("", "localhost") or len(address.path) < 2:
        raise ValueError(
            "must be a folder's path, its address as in file:///srv/toban, or one of object storage as in "
            "s3://bucket/toban or, with an Airflow connection and never a secret, s3://connection@bucket/toban"
        )
    return Path(unquote(address.path))


def _like(pattern: str, rule: str) -> AfterValidator:
    """A text of that form; the rule says the form to people."""

    def checked(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"must be {rule}")
        return text

    return AfterValidator(checked)


Place = Annotated[Path | str, BeforeValidator(_folder_or_store)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LanguageCode = Literal["en", "ja"]
EVERY_DAY: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Zone = Annotated[str, AfterValidator(_known_zone)]
Clock = Annotated[time, AfterValidator(_without_seconds)]
ChannelName = Annotated[
    str,
    _like(r"#[^\s#@,<>&]{1,80}|[CGD][A-Z0-9]{2,20}", "a channel such as #oncall, or an id such as C0123456"),
]
PagerDutyId = Annotated[str, _like(r"[A-Za-z0-9_-]{1,40}", "an id of PagerDuty's such as PABC123")]
Slug = Annotated[
    str,
    _like(r"[a-z0-9][a-z0-9_-]{0,39}", "lower-case letters, digits, - and _ (40 at most), as in pay-jp"),
]
Email = Annotated[str, _like(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address")]
SlackUserId = Annotated[str, _like(r"[UW][A-Z0-9]{2,20}", "a Slack user's id such as U0123456")]
UserGroupId = Annotated[str, _like(r"S[A-Z0-9]{2,20}", "a Slack user group's id such as S0123456")]
WebAddress = Annotated[str, _like(r"https?://\S+", "an address such as https://airflow.example.com")]


class Section(BaseModel):
    """One table of toban.toml; a key that is not known is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
