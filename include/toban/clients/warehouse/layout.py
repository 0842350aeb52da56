"""Where the warehouse's files lie, and the pointer that says which snapshot is current.

private/toban.duckdb            the live file, of the writing process alone
private/writer.lock             its lock
snapshots/snapshot_<n>.duckdb   what everybody may read; never changed once there
restricted/snapshot_<n>.duckdb  the same with what concerns persons
current.json                    the pointer: number, both files, when, synced until when
"""

import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from toban.errors import NoSnapshot, WarehouseError

# Only the service's own user may enter: the live file, and what concerns persons.
OWNER_ONLY = 0o700


@dataclass(frozen=True)
class Pointer:
    """What current.json says; file names are relative to the warehouse's directory."""

    number: int
    general: str
    restricted: str
    published_at: str
    synced_until: str | None


@dataclass(frozen=True)
class Layout:
    """The paths in one warehouse directory."""

    directory: Path

    @property
    def live(self) -> Path:
        """The live database."""
        return self.directory / "private" / "toban.duckdb"

    @property
    def lock(self) -> Path:
        """The writer's lock file."""
        return self.directory / "private" / "writer.lock"

    @property
    def merge_draft(self) -> Path:
        """Where rows lie for a moment on their way into the live database."""
        return self.directory / "private" / "merge.jsonl"

    @property
    def restoring(self) -> Path:
        """The folder in which a backup lies on its way into the live database's place."""
        return self.directory / "private" / "restoring"

    @property
    def exporting(self) -> Path:
        """The folder in which files lie on their way to object storage."""
        return self.directory / "private" / "exporting"

    def snapshot(self, restricted: bool, number: int) -> Path:
        """The file of one published snapshot."""
        return self.directory / ("restricted" if restricted else "snapshots") / f"snapshot_{number}.duckdb"

    def create(self) -> None:
        """Make the directories."""
        for name, mode in (("private", OWNER_ONLY), ("restricted", OWNER_ONLY), ("snapshots", 0o755)):
            (self.directory / name).mkdir(parents=True, exist_ok=True, mode=mode)

    def pointer(self) -> Pointer:
        """The current snapshot; raises NoSnapshot before the first publication, or if it is damaged."""
        file = self.directory / "current.json"
        try:
            return Pointer(**orjson.loads(file.read_bytes()))
        except FileNotFoundError:
            raise NoSnapshot(
                f"Nothing has been published in {self.directory} yet; run toban sync once, or name another"
                " directory with --warehouse."
            ) from None
        except (ValueError, TypeError):
            raise NoSnapshot(
                f"{file} is not as Toban wrote it; run toban sync, which writes it anew."
            ) from None
        except OSError as error:
            raise WarehouseError(
                f"{file} cannot be read ({error.strerror}); run this as a user who may read it."
            ) from error

    def point_to(self, pointer: Pointer) -> None:
        """Replace the pointer: readers see the old one or the new one, also after a power cut."""
        draft = self.directory / "current.json.new"
        with draft.open("wb") as file:
            file.write(orjson.dumps(asdict(pointer), option=orjson.OPT_INDENT_2))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.directory / "current.json")
        sync_directory(self.directory)


def number_of(path: Path) -> int:
    """The number in the name of a snapshot, or of a reader's scratch files beside it; 0 for anything else."""
    found = re.fullmatch(r"snapshot_(\d+)\.duckdb(\.tmp)?", path.name)
    return int(found[1]) if found else 0


def sync_directory(path: Path) -> None:
    """Make renames in a directory survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
