"""A backup's file: a gzipped tar that any tar opens, and that is read as if a stranger had made it.

::

    manifest    what stands in it first: versions, and each file's size, checksum and rows
    writing     files into an archive
    reading     an archive into files, or one sentence why not
"""

from toban.clients.archive.manifest import Contents, Manifest
from toban.clients.archive.reading import read_archive
from toban.clients.archive.writing import contents, write_archive

__all__ = ["Contents", "Manifest", "contents", "read_archive", "write_archive"]
