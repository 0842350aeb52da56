from datetime import UTC, datetime

import httpx
import pytest
from click.testing import CliRunner

from sandbox_server import running
from toban.cli import main
from toban.sandbox.history import generate_history
from toban.sandbox.pagerduty import World, create_app

DAYS = 14


@pytest.fixture(scope="module")
def url():
    history = generate_history(7, datetime.now(UTC), days=DAYS + 2)
    with running(create_app(World.from_history(history.directory, history.items))) as address:
        yield address


def run(url, *options, key="read-only"):
    return CliRunner().invoke(
        main,
        ["poc", "--pagerduty-url", url, "--days", str(DAYS), *options],
        env={"TOBAN_PAGERDUTY_TOKEN": key},
    )


def test_a_token_alone_makes_a_page_and_only_reads(url, tmp_path):
    page = tmp_path / "page.html"
    result = run(url, "--language", "ja", "--output", str(page))
    assert result.exit_code == 0, result.output
    assert "数字で見るオンコール" in page.read_text(encoding="utf-8")
    calls = httpx.get(f"{url}/_sandbox/calls").json()
    assert calls
    assert all(route.startswith("GET ") or "/analytics/" in route for route in calls), calls


def test_nothing_stays_behind_but_the_page(url, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    result = run(url, "--output", str(tmp_path / "page.html"))
    assert result.exit_code == 0, result.output
    assert list(scratch.iterdir()) == []


def test_an_unknown_time_zone_is_refused_before_anything_is_read(url):
    result = run(url, "--timezone", "Tokyo")
    assert result.exit_code == 2
    assert "'Tokyo' is not a time zone" in result.output


def test_a_refused_token_is_told_in_pagerdutys_words(url, tmp_path):
    result = run(url, "--output", str(tmp_path / "page.html"), key="invalid")
    assert result.exit_code == 1
    assert not (tmp_path / "page.html").exists()
