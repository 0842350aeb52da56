"""Object storage as a place for exports, through fsspec, which has a library for each kind of store."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


@dataclass(frozen=True)
class Store:
    """A filesystem of fsspec's, and the path of a folder in it."""

    filesystem: "AbstractFileSystem"
    root: str

    def replace(self, drafts: Sequence[Path], prefix: str) -> None:
        """Put the files there under their names without the prefix, once all of them have arrived.

        A store has no rename: each file is copied within it and appears whole, one after the other within
        moments. Raises whatever the store's library does; then what was there is still there.
        """
        root = self.root.rstrip("/")
        arrived = {draft: f"{root}/{draft.name}" for draft in drafts}
        try:
            for draft, there in arrived.items():
                self.filesystem.put_file(str(draft), there)
            for draft, there in arrived.items():
                self.filesystem.mv(there, f"{root}/{draft.name.removeprefix(prefix)}")
        except BaseException:
            self._forget(arrived.values())
            raise

    def _forget(self, paths: Iterable[str]) -> None:
        for path in paths:
            with suppress(OSError):  # such as of those that never arrived
                self.filesystem.rm_file(path)


# The store behind an address such as s3://bucket/toban; raises what its library does.
OpenStore = Callable[[str], Store]


def store_of_environment(address: str) -> Store:
    """The store with the credentials that its own library finds in the environment."""
    from fsspec.core import url_to_fs  # noqa: PLC0415 - only for who exports to a store

    filesystem, root = url_to_fs(address)
    return Store(filesystem, root)
