"""Reads and checks toban.toml; a refusal names the key and the rule."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toban.errors import SettingsError
from toban.settings.root import Settings

PASSWORD = re.compile(r"://[^/@\s]*:[^/@\s]*@")  # in an address
SECRET_WORDS = ("token", "secret", "password", "api_key", "apikey")


def settings_path() -> Path:
    """`TOBAN_SETTINGS`, else toban.toml in the current folder."""
    return Path(os.environ.get("TOBAN_SETTINGS", "toban.toml"))


def load_settings(path: Path) -> Settings:
    """Read and check toban.toml; raises SettingsError with the key's name and the rule."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read ({error.strerror}); copy toban.example.toml there, or set TOBAN_SETTINGS."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from error
    return parse_settings(values, source=str(path))


def parse_settings(values: dict[str, Any], source: str = "toban.toml") -> Settings:
    """The checked object for values already read; raises SettingsError as `load_settings` does."""
    _refuse_secrets(values, source)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(f"{source}: {_first_sentence(error)}") from None


def _refuse_secrets(values: dict[str, Any], source: str, prefix: str = "") -> None:
    for key, value in values.items():
        name = f"{prefix}{key}"
        if any(word in key.lower() for word in SECRET_WORDS):
            raise SettingsError(
                f"{source}: {name} looks like a secret; keep it in an Airflow connection or the environment."
            )
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, dict):
                _refuse_secrets(child, source, f"{name}.")
            if isinstance(child, str) and PASSWORD.search(child):
                raise SettingsError(
                    f"{source}: {name} holds a password; keep it in an Airflow connection or the environment."
                )


def _first_sentence(error: ValidationError) -> str:
    # A misspelt key also shows up as a missing one: the misspelling is what to mend.
    problem = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in problem["loc"]) or "settings"
    if problem["type"] == "extra_forbidden":
        return f"{key} is not a known key; see the settings reference."
    if problem["type"] == "missing":
        return f"{key} is required and missing."
    is_list = problem["type"] == "tuple_type"
    rule = "must be a list in square brackets" if is_list else problem["msg"].removeprefix("Value error, ")
    if key == "settings":
        return f"{rule}."
    if isinstance(problem["input"], dict):
        return f"{key}: {rule}."
    return f"{key} = {problem['input']!r}: {rule}."
