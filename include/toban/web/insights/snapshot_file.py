"""The published snapshot as a download, for DuckDB's own tools."""

import os
from collections.abc import Iterator
from typing import BinaryIO

from fastapi.responses import StreamingResponse

from toban.clients.warehouse import SharedSnapshots

CHUNK = 1_048_576


def snapshot_answer(snapshots: SharedSnapshots, *, persons: bool) -> StreamingResponse:
    """The file as it is, called by the moment up to which it was synced; raises NoSnapshot.

    It is opened here: a file that is open is read to its end, also where it is replaced meanwhile.
    """
    with snapshots.read(restricted=persons) as snapshot:
        file = snapshot.path.open("rb")
        moment = snapshot.synced_until or snapshot.published_at
    name = f"toban{'-persons' if persons else ''}-{moment:%Y%m%dT%H%MZ}.duckdb"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(os.fstat(file.fileno()).st_size),
    }
    return StreamingResponse(_chunks(file), media_type="application/vnd.duckdb", headers=headers)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk
