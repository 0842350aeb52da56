"""An archive into files.

Nothing in it is believed: headers are read one block at a time (Python's own tar reader would load an
extended header of any size into memory), a name never becomes a path, and no more is written than the
manifest says.
"""

import gzip
import hashlib
import shutil
import tarfile
import zlib
from pathlib import Path

from pydantic import ValidationError

from toban.clients.archive.manifest import MANIFEST, MANIFEST_BYTES, Contents, Manifest
from toban.errors import BackupError

CHUNK = 1 << 20
PLAIN_FILE = (tarfile.REGTYPE, tarfile.AREGTYPE)
SPARE_BYTES = 200_000_000  # left free on the disk beside what is unpacked


class _Broken(Exception):
    """Why the archive is none that Toban made."""


def read_archive(path: Path, into: Path) -> Manifest:
    """Unpack the files into that empty folder and check each against the manifest; raises BackupError."""
    try:
        with gzip.open(path) as stream:
            manifest = _manifest(stream)
            _require_room(manifest, into)
            for each in manifest.files:
                _unpack(stream, each, into / each.name)
            _require_end(stream)
    except FileNotFoundError:
        raise BackupError(f"{path} does not exist; name the file that toban backup wrote.") from None
    except (_Broken, gzip.BadGzipFile, EOFError, zlib.error, tarfile.HeaderError) as error:
        raise BackupError(
            f"{path} is no whole backup ({str(error) or 'it is cut off'}); nothing was changed: use another"
            " copy."
        ) from None
    return manifest


def _manifest(stream: gzip.GzipFile) -> Manifest:
    size = _header(stream, MANIFEST)
    if size > MANIFEST_BYTES:
        raise _Broken(f"its manifest has {size} bytes, and none has more than {MANIFEST_BYTES}")
    text = _read(stream, size)
    _read(stream, -size % tarfile.BLOCKSIZE)
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "text"
        raise _Broken(f"its manifest's {where}: {first['msg']}") from None
    names = [each.name for each in manifest.files]
    if len(set(names)) != len(names):
        raise _Broken("its manifest names a file twice")
    return manifest


def _require_room(manifest: Manifest, into: Path) -> None:
    needed = sum(each.size for each in manifest.files)
    free = shutil.disk_usage(into).free
    if needed + SPARE_BYTES > free:
        raise BackupError(
            f"{into} has {free >> 20} MB free and the backup needs {(needed + SPARE_BYTES) >> 20} MB there;"
            " free some space and run this again."
        )


def _unpack(stream: gzip.GzipFile, expected: Contents, target: Path) -> None:
    size = _header(stream, expected.name)
    if size != expected.size:
        raise _Broken(f"{expected.name} has {size} bytes instead of {expected.size}")
    digest = hashlib.sha256()
    with target.open("xb") as file:
        while size:
            chunk = _read(stream, min(size, CHUNK))
            digest.update(chunk)
            file.write(chunk)
            size -= len(chunk)
    _read(stream, -expected.size % tarfile.BLOCKSIZE)
    if digest.hexdigest() != expected.sha256:
        raise _Broken(f"the checksum of {expected.name} differs")


def _require_end(stream: gzip.GzipFile) -> None:
    if stream.read(tarfile.BLOCKSIZE).strip(b"\0"):
        raise _Broken("something follows the last file that its manifest names")


def _header(stream: gzip.GzipFile, name: str) -> int:
    """The size that the next header gives, which must be of a plain file of that name."""
    entry = tarfile.TarInfo.frombuf(_read(stream, tarfile.BLOCKSIZE), "utf-8", "surrogateescape")
    if entry.name != name or entry.type not in PLAIN_FILE or entry.size < 0:
        raise _Broken(
            f"{name} is not where its manifest belongs" if name == MANIFEST else f"{name} is missing"
        )
    return entry.size


def _read(stream: gzip.GzipFile, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data
