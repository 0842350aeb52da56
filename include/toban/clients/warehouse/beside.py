"""What publishing does beside the snapshots, and what of it did not work: publishing.json.

Own models and the export may fail without keeping anybody from reading; so their troubles are written down
here, for the doctor.
"""

from dataclasses import asdict, dataclass

import orjson

from toban.clients.warehouse.layout import Layout


@dataclass(frozen=True)
class Beside:
    """Troubles are sentences; ``exported`` is the number of the snapshot exported last, 0 if none."""

    model_troubles: tuple[str, ...] = ()
    export_trouble: str | None = None
    exported: int = 0
    exported_to: str | None = None


def read_beside(layout: Layout) -> Beside:
    """What was written last; nothing where there is no such file, or a damaged one."""
    try:
        kept = orjson.loads((layout.directory / "publishing.json").read_bytes())
        return Beside(**kept | {"model_troubles": tuple(kept["model_troubles"])})
    except (OSError, ValueError, TypeError, KeyError):
        return Beside()


def write_beside(layout: Layout, beside: Beside) -> None:
    """Replace the file."""
    draft = layout.directory / "publishing.json.new"
    draft.write_bytes(orjson.dumps(asdict(beside), option=orjson.OPT_INDENT_2))
    draft.replace(layout.directory / "publishing.json")
