"""What was backed up comes back as it was, in either database; anything else changes nothing."""

import gzip
import hashlib
import io
import json
import shutil
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backups import NOW, SECRET_URL, Place, fill, without_secrets
from postgres_server import postgres_server, postgres_url  # noqa: F401 - fixtures are found by their names
from toban.clients.warehouse import Warehouse
from toban.errors import BackupError, LedgerError
from toban.jobs.backup import backup
from toban.jobs.restore import restore
from warehouse_data import add_incident

Members = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an installation that has something in it, and its backup; to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    fill(place_in(folder))
    make(place_in(folder), folder / "toban.tar.gz")
    return folder


def place_in(folder: Path) -> Place:
    return Place(f"sqlite:///{folder / 'ledger.db'}", folder / "warehouse")


@pytest.fixture
def here(filled: Path, tmp_path: Path) -> Place:
    """An installation with something in it."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    return place_in(tmp_path)


@pytest.fixture
def there(tmp_path: Path) -> Place:
    """An empty one."""
    return Place(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "other")


@pytest.fixture
def made(here: Place) -> Path:
    """A backup of `here`."""
    return here.directory.parent / "toban.tar.gz"


def make(place: Place, path: Path) -> Path:
    backup(path, **place.parts(), version="0.1.0", now=NOW)
    return path


def test_what_is_restored_is_what_was_backed_up(here: Place, there: Place, made: Path) -> None:
    done = restore(made, **there.parts(), force=False)
    assert there.rows() == without_secrets(here.rows())
    assert there.incidents() == here.incidents() == 12
    assert (done.made_at, done.snapshot) == (NOW, 1)
    assert done.ledger_rows == sum(map(len, here.rows().values()))


@pytest.mark.slow
@pytest.mark.parametrize("direction", ["into", "out of", "within"])
def test_a_ledger_moves_between_databases(
    direction: str,
    here: Place,
    there: Place,
    tmp_path: Path,
    postgres_url: str,  # noqa: F811
) -> None:
    kept = Place(postgres_url, tmp_path / "kept")
    source, target = {"into": (here, kept), "out of": (kept, there), "within": (kept, kept)}[direction]
    if source is kept:
        fill(kept, rows=1200, incidents=2)
    before = source.rows()
    restore(make(source, tmp_path / "moved.tar.gz"), **target.parts(), force=target is source)
    assert target.rows() == without_secrets(before)
    assert all(moment.tzinfo for row in target.rows()["ledger_messages"] for moment in [row["created_at"]])


def test_a_backup_has_no_secret_and_is_for_its_owner_alone(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    with tarfile.open(made) as archive:
        members = {entry.name: archive.extractfile(entry).read() for entry in archive}  # type: ignore[union-attr]
    assert next(iter(members)) == "manifest.json"
    assert {"ledger_presses.jsonl", "warehouse.duckdb"} < set(members)
    assert not [name for name, content in members.items() if SECRET_URL.encode() in content]


def test_it_replaces_no_file_and_leaves_nothing_beside_it(here: Place, made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(BackupError, match="there already"):
        make(here, made)
    assert made.read_bytes() == before
    assert not list(made.parent.glob(".toban-backup-*"))
    with pytest.raises(BackupError, match="is no folder"):
        make(here, made.parent / "nowhere" / "toban.tar.gz")


def test_before_the_first_sync_the_ledger_alone_is_kept(there: Place, tmp_path: Path) -> None:
    made = make(there, tmp_path / "early.tar.gz")
    assert restore(made, **there.parts(), force=False).snapshot is None
    assert not there.warehouse.exists


def test_nothing_is_replaced_without_force(here: Place, made: Path) -> None:
    before = here.rows()
    with pytest.raises(BackupError, match="--force"):
        restore(made, **here.parts(), force=False)
    assert (here.rows(), here.incidents()) == (before, 12)


def test_with_force_what_came_later_is_gone_and_readers_see_it(here: Place, made: Path) -> None:
    before = without_secrets(here.rows())
    fill_more(here)
    with Warehouse(here.directory).read() as old:
        restore(made, **here.parts(), force=True)
        assert old.rows("select count(*) as n from incidents")[0]["n"] == 20, "an open snapshot stays"
    assert (here.rows(), here.incidents()) == (before, 12)
    with Warehouse(here.directory).write() as writer:
        assert writer.rows("select count(*) as n from incidents")[0]["n"] == 12


def fill_more(place: Place) -> None:
    with Warehouse(place.directory).write() as writer:
        for n in range(12, 20):
            add_incident(writer, n)
        writer.rebuild_models()
        writer.publish()


def test_a_damaged_warehouse_can_be_replaced(here: Place, made: Path) -> None:
    (here.directory / "private" / "toban.duckdb").write_bytes(b"damaged")
    (here.directory / "private" / "toban.duckdb.wal").write_bytes(b"damaged too")
    restore(made, **here.parts(), force=True)
    assert here.incidents() == 12


# --- archives that nobody should trust


def altered(made: Path, change: Callable[[Members], Members]) -> Path:
    """The backup with other members."""
    with tarfile.open(made) as archive:
        members = [(entry, archive.extractfile(entry).read()) for entry in archive]  # type: ignore[union-attr]
    path = made.with_name("altered.tar.gz")
    with tarfile.open(path, "w:gz", format=tarfile.GNU_FORMAT) as archive:
        for entry, content in change(members):
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


def with_manifest(**changes: Any) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        entry, content = members[0]
        return [(entry, json.dumps(json.loads(content) | changes).encode()), *members[1:]]

    return change


def named(name: str, kind: bytes = tarfile.REGTYPE) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        content = members[1][1]
        renamed = tarfile.TarInfo(name)
        renamed.type, renamed.linkname = kind, "/etc/passwd"
        return [members[0], (renamed, content), *members[2:]]

    return change


def bent(at: int) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        entry, content = members[at]
        return [*members[:at], (entry, content[:-1] + b"?"), *members[at + 1 :]]

    return change


REFUSED: dict[str, tuple[Callable[[Members], Members], str]] = {
    "another path": (named("../../evil.jsonl"), "is missing"),
    "an absolute path": (named("/etc/evil.jsonl"), "is missing"),
    "a link": (named("ledger_lines.jsonl", tarfile.SYMTYPE), "is missing"),
    "a device": (named("ledger_lines.jsonl", tarfile.CHRTYPE), "is missing"),
    "a bent row": (bent(1), "checksum of"),
    "a bent warehouse": (bent(-1), "checksum of warehouse.duckdb differs"),
    "a missing file": (lambda members: members[:-1], "is no whole backup"),
    "one more file": (lambda members: [*members, members[1]], "something follows"),
    "no manifest": (lambda members: members[1:], "manifest.json is not where"),
    "a manifest that is none": (bent(0), "its manifest's text"),
    "another format": (with_manifest(format=2), "its manifest's format"),
    "a moment without a zone": (with_manifest(made_at="2026-11-23T01:02:03"), "its manifest's made_at"),
    "an unknown word in it": (with_manifest(colour="red"), "its manifest's colour"),
    "a path in its manifest": (
        with_manifest(files=[{"name": "../x.jsonl", "size": 1, "sha256": "0" * 64, "rows": {}}]),
        "its manifest's files.0.name",
    ),
    "a size beyond the disk": (
        with_manifest(files=[{"name": "x.jsonl", "size": 1 << 60, "sha256": "0" * 64, "rows": {}}]),
        "MB free",
    ),
    "a table of nobody's": (
        with_manifest(files=[{"name": "x.jsonl", "size": 0, "sha256": "0" * 64, "rows": {}}]),
        "is missing",
    ),
    "a newer ledger": (with_manifest(ledger=9999), "install that version"),
    "a newer warehouse": (with_manifest(warehouse=9999), "install that version"),
    "a wrong size": (
        lambda members: [members[0], (members[1][0], members[1][1] + b"x"), *members[2:]],
        "instead of",
    ),
    "a huge manifest": (
        lambda members: [(members[0][0], b" " * 2_000_000), *members[1:]],
        "none has more than",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_strange_archive_is_one_sentence_and_changes_nothing(name: str, here: Place, made: Path) -> None:
    change, why = REFUSED[name]
    before = here.rows()
    with pytest.raises(BackupError, match=why) as refused:
        restore(altered(made, change), **here.parts(), force=True)
    assert "\n" not in str(refused.value)
    assert (here.rows(), here.incidents()) == (before, 12)
    assert not (here.directory / "private" / "restoring").exists()
    assert sorted(path.name for path in made.parent.iterdir()) == [
        "altered.tar.gz",
        "ledger.db",
        "toban.tar.gz",
        "warehouse",
    ]


def resealed(name: str, content: bytes) -> Callable[[Members], Members]:
    """A file with other content, and the checksum of that: what a person with a text editor makes."""

    def change(members: Members) -> Members:
        manifest = json.loads(members[0][1])
        for file in manifest["files"]:
            if file["name"] == name:
                file |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        others = [(e, content if e.name == name else c) for e, c in members[1:]]
        return [(members[0][0], json.dumps(manifest).encode()), *others]

    return change


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("ledger_notes.jsonl", b"not json\n", BackupError),
        ("ledger_notes.jsonl", b"[1]\n", BackupError),
        ("ledger_notes.jsonl", b'{"key": "a", "content": "1", "changed_at": "yesterday"}\n', BackupError),
        ("ledger_notes.jsonl", b'{"key": "a", "content": 1, "changed_at": null}\n', BackupError),
        ("ledger_notes.jsonl", b'{"key": "a", "colour": "red"}\n', BackupError),
        ("ledger_notes.jsonl", b'{"key": "a"}\n', LedgerError),
        ("ledger_presses.jsonl", b'{"key": "a", "response_url": "https://evil.example"}\n', BackupError),
        ("ledger_notes.jsonl", b"\xff\xfe\n", BackupError),
        ("warehouse.duckdb", b"no database", BackupError),
    ],
)
def test_what_fits_no_table_is_refused_as_a_whole(
    name: str, content: bytes, error: type[Exception], here: Place, made: Path
) -> None:
    before = here.rows()
    with pytest.raises(error):
        restore(altered(made, resealed(name, content)), **here.parts(), force=True)
    assert (here.rows(), here.incidents()) == (before, 12)


@pytest.mark.parametrize("length", [0, 1, 100, 5000])
def test_a_cut_archive_is_one_sentence(length: int, here: Place, made: Path) -> None:
    cut = made.with_name("cut.tar.gz")
    cut.write_bytes(made.read_bytes()[:length])
    with pytest.raises(BackupError, match="is no whole backup"):
        restore(cut, **here.parts(), force=True)
    with pytest.raises(BackupError, match="does not exist"):
        restore(made.with_name("nowhere.tar.gz"), **here.parts(), force=True)


def test_what_is_packed_to_grow_does_not_grow(here: Place, made: Path) -> None:
    bomb = made.with_name("bomb.tar.gz")
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, 1 << 40
    with gzip.open(bomb, "wb") as file:
        file.write(header.tobuf(tarfile.GNU_FORMAT))
        file.write(b"0" * (1 << 24))
    with pytest.raises(BackupError, match="is no whole backup"):
        restore(bomb, **here.parts(), force=True)
