"""Markdown files of any kind, as pages to be searched."""

import os

from toban.clients.runbook_pages import read_pages


def write(directory, **files: str) -> None:
    for name, text in files.items():
        path = directory / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(path.name + ".md").write_text(text, encoding="utf-8")


def test_all_files_below_are_read_with_and_without_front_matter(tmp_path):
    write(
        tmp_path,
        disk="---\ntitle: 'Disk full'\nweight: 20\n---\n# NodeDiskFull\ntext\n## Remediation\n- Run `df`.\n",
        shop__README="# Shop Service\nsee [logs](https://logs.example/secret)\n<!-- generated -->\n",
        plain="no heading at all",
    )
    disk, plain, shop = read_pages(tmp_path)
    assert (disk.id, disk.title, disk.titles, disk.first_step) == (
        "disk",
        "Disk full",
        "Disk full NodeDiskFull",
        "Run `df`.",
    )
    assert (plain.title, plain.titles, plain.first_step) == ("plain", "", "")
    assert (shop.id, shop.file, shop.name, shop.title) == (
        "shop/README",
        "shop/README.md",
        "shop",
        "Shop Service",
    )
    assert "secret" not in shop.body
    assert "generated" not in shop.body


def test_two_languages_are_one_runbook(tmp_path):
    (tmp_path / "disk.ja.md").write_text("# ディスク")
    (tmp_path / "disk.md").write_text("# Disk")
    assert [(page.id, page.language) for page in read_pages(tmp_path)] == [("disk", "ja"), ("disk", "en")]


def test_what_cannot_be_read_keeps_no_other_from_being_read(tmp_path):
    write(tmp_path, disk="# Disk", empty="", README="# How to write runbooks", _git__x="# Hidden")
    (tmp_path / "_git").rename(tmp_path / ".git")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "out.md").symlink_to(__file__)
    (tmp_path / "itself.md").symlink_to("itself.md")
    (tmp_path / os.fsdecode(b"half\xff.md")).write_text("# Its name is no text")
    (tmp_path / "two\nlines.md").write_text("# Its name is two lines")
    (tmp_path / "latin.md").write_bytes(b"# Stra\xdfe\n")
    assert [page.title for page in read_pages(tmp_path)] == ["Disk", "Stra\ufffde"]
    assert read_pages(tmp_path / "nowhere") == ()


def test_a_large_or_hostile_file_is_read_by_its_beginning(tmp_path):
    write(tmp_path, big="# Big\n" + "word " * 300_000, open="# Open\n" + "<!--](" * 100_000)
    big, opened = read_pages(tmp_path)
    assert (big.title, len(big.body)) == ("Big", 6_000)
    assert opened.title == "Open"


def test_drafts_are_not_searched(tmp_path):
    head = "---\ntitle: Disk full\ndraft: true\n---\n"
    (tmp_path / "draft.md").write_text(head + "## Meaning\n")
    (tmp_path / "page.md").write_text("# Disk full\ndraft: true\n")
    assert [page.file for page in read_pages(tmp_path)] == ["page.md"]
