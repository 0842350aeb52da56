"""Files into an archive: written beside it, and in its place only when it is whole."""

import gzip
import hashlib
import io
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path

from toban.clients.archive.manifest import MANIFEST, Contents, Manifest
from toban.errors import BackupError

LEVEL = 3  # of gzip: what DuckDB stores is compressed already
CHUNK = 1 << 20
OWNER_ONLY = 0o600  # it holds what the restricted snapshot holds


def contents(path: Path, rows: Mapping[str, int]) -> Contents:
    """What the manifest says of that file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return Contents(
        name=path.name, size=path.stat().st_size, sha256=digest.hexdigest(), rows=dict(sorted(rows.items()))
    )


def write_archive(path: Path, folder: Path, manifest: Manifest) -> None:
    """Put the manifest and the files it names, which lie in ``folder``, into one file that nobody else reads.

    Raises BackupError where something lies there already.
    """
    draft = folder / "archive"
    with draft.open("xb") as file:
        os.fchmod(file.fileno(), OWNER_ONLY)
        _fill(file, folder, manifest)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike a rename, it replaces nothing
    except FileExistsError:
        raise BackupError(
            f"{path} is there already, and a backup replaces none; name another file."
        ) from None


def _fill(file: io.BufferedWriter, folder: Path, manifest: Manifest) -> None:
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=LEVEL) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        text = manifest.model_dump_json(indent=1).encode()
        archive.addfile(_entry(MANIFEST, len(text), manifest), io.BytesIO(text))
        for each in manifest.files:
            with (folder / each.name).open("rb") as source:
                archive.addfile(_entry(each.name, each.size, manifest), source)


def _entry(name: str, size: int, manifest: Manifest) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, OWNER_ONLY, int(manifest.made_at.timestamp())
    return entry
