"""Charts as pictures: a Vega-Lite specification from toban/charts, with its datasets, to PNG or SVG.

Japanese is drawn with the font that matplotlib-fontja carries, so that it is there on every machine.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import vl_convert

Datasets = Mapping[str, Sequence[Mapping[str, object]]]
Theme = Literal["light", "dark"]
SCALE = 2  # phones and most laptops show two pixels for one
NOWHERE = ["data:"]  # a chart loads nothing from anywhere: its data is in it
FONT_PACKAGE = "matplotlib_fontja"


def png(name: str, data: Datasets, theme: Theme = "light") -> bytes:
    """The chart ``name`` with its datasets as a PNG, twice the specified size."""
    _register_font()
    picture: bytes = vl_convert.vegalite_to_png(
        _filled(name, data), scale=SCALE, config=_read(f"theme_{theme}"), allowed_base_urls=NOWHERE
    )
    return picture


def svg(name: str, data: Datasets, theme: Theme = "light") -> str:
    """The same as an SVG document; its texts are texts, measured with the packaged font."""
    _register_font()
    picture: str = vl_convert.vegalite_to_svg(
        _filled(name, data), config=_read(f"theme_{theme}"), allowed_base_urls=NOWHERE
    )
    return picture


def picture(drawing: str) -> bytes:
    """A drawn SVG document as a PNG, twice its size; its texts in the packaged font."""
    _register_font()
    drawn: bytes = vl_convert.svg_to_png(drawing, scale=SCALE)
    return drawn


def _filled(name: str, data: Datasets) -> dict[str, Any]:
    return _read(name) | {"datasets": {key: list(rows) for key, rows in data.items()}}


@cache
def _read(name: str) -> dict[str, Any]:
    text = files("toban").joinpath("charts", f"{name}.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


@cache
def _register_font() -> None:
    """Found without importing the package, which would load matplotlib."""
    found = find_spec(FONT_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{FONT_PACKAGE} is not installed, and charts are drawn with its font")
    vl_convert.register_font_directory(str(Path(found.submodule_search_locations[0]) / "fonts"))
