"""The SQL console as a browser meets it; its engine has tests of its own."""

import csv
import io

import duckdb
import pytest

from insights_app import HOST
from insights_warehouse import desk, publish, visit
from toban.clients.console.console import Console
from toban.clients.console.turns import Turns
from toban.web.insights import console

ONE_EACH = "select service, count(*) as incidents from incident_facts group by all order by 1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    publish(directory)
    return directory


def visitor(folder, user="viewer", engine=None, **headers):
    section = console.section(desk(folder), engine or Console(folder))
    return visit((section,), user, origin=HOST, **headers)


@pytest.fixture(scope="module")
def viewer(folder):
    with visitor(folder) as client:
        yield client


def test_a_query_is_answered_as_json(viewer):
    answer = viewer.post("/console/run", json={"sql": ONE_EACH}).json()
    assert answer["columns"] == [
        {"name": "service", "type": "VARCHAR"},
        {"name": "incidents", "type": "BIGINT"},
    ]
    assert answer["rows"]
    assert answer["truncated"] is False


def test_a_download_says_the_same_as_the_page(viewer):
    shown = viewer.post("/console/run", json={"sql": ONE_EACH}).json()["rows"]
    text = viewer.post("/console/csv", json={"sql": ONE_EACH}).text.removeprefix("\ufeff")
    header, *rows = csv.reader(io.StringIO(text))
    assert header == ["service", "incidents"]
    assert rows == [[service, str(incidents)] for service, incidents in shown]


def test_a_parquet_file_keeps_the_types(viewer, tmp_path):
    sql = (
        "select created_at, incident_number, 1.50::decimal(4, 2) as d, 'inf'::double as f, team_ids, 1 as A, "
        "2 as a "
        "from incident_facts order by created_at limit 3"
    )
    file = tmp_path / "query.parquet"
    file.write_bytes(viewer.post("/console/parquet", json={"sql": sql}).content)
    found = duckdb.read_parquet(str(file))
    assert found.columns == ["created_at", "incident_number", "d", "f", "team_ids", "A", "a_2"]
    assert [str(kind) for kind in found.types][:4] == [
        "TIMESTAMP WITH TIME ZONE", "BIGINT", "DECIMAL(4,2)", "DOUBLE",
    ]  # fmt: skip
    assert found.aggregate("count(*), min(f), max(d)::varchar").fetchall() == [(3, float("inf"), "1.50")]


def test_an_empty_result_is_a_parquet_file_too(viewer, tmp_path):
    file = tmp_path / "query.parquet"
    file.write_bytes(viewer.post("/console/parquet", json={"sql": "select 1 as one where false"}).content)
    assert duckdb.read_parquet(str(file)).columns == ["one"]


@pytest.mark.soak
def test_a_cut_download_says_so(viewer):
    cut = viewer.post("/console/csv", json={"sql": "from range(200001)"})
    assert cut.headers["toban-truncated"] == "yes"
    assert cut.text.count("\n") == 200_001  # the heading too
    assert "toban-truncated" not in viewer.post("/console/csv", json={"sql": ONE_EACH}).headers


@pytest.mark.parametrize("path", ["run", "csv", "parquet"])
def test_a_mistake_is_told_with_its_place(viewer, path):
    answer = viewer.post(f"/console/{path}", json={"sql": "select 1,\n  no_such_column from incident_facts"})
    assert answer.status_code == 200  # a browser writes a fault to its console for anything worse
    told = answer.json()["refused"]
    assert (told["line"], told["column"]) == (2, 3)
    assert "no_such_column" in told["reason"]


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "The function read_text is not available here: what it reads lies outside of the data."),
        ("ja", "関数read_textはここでは使えません。データの外を読み取る関数だからです。"),
    ],
)
def test_a_refusal_is_told_in_the_readers_language(folder, language, reason):
    with visitor(folder, **{"accept-language": language}) as client:
        answer = client.post("/console/run", json={"sql": "from read_text('/etc/passwd')"})
    assert answer.json()["refused"]["reason"] == reason


def test_a_full_queue_says_so(folder):
    full = Console(folder, turns=Turns(at_once=1, waiting=0, each=0, patience_s=0))
    with visitor(folder, engine=full) as client:
        answer = client.post("/console/run", json={"sql": "select 1"})
    assert answer.json()["refused"]["reason"].startswith("As many queries are running and waiting as may.")


@pytest.mark.parametrize("path", ["run", "csv", "parquet"])
def test_persons_are_for_those_who_may_see_them(folder, viewer, path):
    question = {"sql": "select count(*) from interruptions", "persons": True}
    assert viewer.post(f"/console/{path}", json=question).status_code == 403
    with visitor(folder, "lead") as lead:
        assert lead.post(f"/console/{path}", json=question).status_code == 200


def test_the_general_data_has_no_persons_even_for_those_who_may_see_them(folder):
    with visitor(folder, "lead") as lead:
        answer = lead.post("/console/run", json={"sql": "select count(*) from interruptions"})
    assert "interruptions" in answer.json()["refused"]["reason"]


def test_another_sites_page_asks_nothing(folder):
    with visitor(folder) as client:
        answer = client.post(
            "/console/run", json={"sql": "select 1"}, headers={"origin": "https://evil.example"}
        )
    assert answer.status_code == 403


def test_the_schema_names_each_column_with_its_meaning(viewer):
    tables = {table["name"]: table for table in viewer.get("/console/schema").json()["tables"]}
    assert tables["incident_facts"]["meaning"] == "One row per incident."
    without = [
        f"{table['name']}.{column['name']}"
        for table in tables.values()
        for column in table["columns"]
        if not column["meaning"]
    ]
    assert not without
    assert "interruptions" not in tables


def test_the_schema_of_persons_is_for_those_who_may_see_them(folder, viewer):
    assert viewer.get("/console/schema?persons=true").status_code == 403
    with visitor(folder, "lead") as lead:
        names = {table["name"] for table in lead.get("/console/schema?persons=true").json()["tables"]}
    assert "interruptions" in names


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Which incidents were handed around most before they were resolved?"),
        ("ja", "解決までに最も多く担当が渡り歩いたインシデントはどれか"),
    ],
)
def test_examples_ask_in_the_readers_language(viewer, language, question):
    told = viewer.get(f"/console/schema?lang={language}").json()["examples"]
    assert question in {example["question"] for example in told}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_example_says_what_it_answers_and_leaves_out(viewer, language):
    told = viewer.get(f"/console/schema?lang={language}").json()["examples"]
    ends = {"en": ". ", "ja": "。"}[language]
    assert not [each["name"] for each in told if not 1 <= each["about"].rstrip(ends).count(ends) <= 5]
    assert len({each["about"] for each in told}) == len(told)


def test_the_snapshot_is_downloaded_as_it_is_published(folder, viewer, tmp_path):
    answer = viewer.get("/console/snapshot")
    name = 'attachment; filename="toban-20260322T0300Z.duckdb"'
    assert answer.headers["content-disposition"] == name
    with desk(folder).snapshots.read() as snapshot:
        assert answer.content == snapshot.path.read_bytes()
        assert int(answer.headers["content-length"]) == snapshot.path.stat().st_size
    file = tmp_path / "downloaded.duckdb"
    file.write_bytes(answer.content)
    with duckdb.connect(str(file), read_only=True) as opened:
        assert opened.sql("select count(*) from incident_facts").fetchall() == [(41,)]
        assert ("interruptions",) not in opened.sql("select table_name from duckdb_tables()").fetchall()


def test_the_snapshot_with_persons_is_for_those_who_may_see_them(folder, viewer, tmp_path):
    assert viewer.get("/console/snapshot?persons=true").status_code == 403
    with visitor(folder, "lead") as lead:
        answer = lead.get("/console/snapshot?persons=true")
    assert "toban-persons-2026" in answer.headers["content-disposition"]
    file = tmp_path / "downloaded.duckdb"
    file.write_bytes(answer.content)
    with duckdb.connect(str(file), read_only=True) as opened:
        assert ("interruptions",) in opened.sql("select table_name from duckdb_tables()").fetchall()


@pytest.mark.parametrize(("user", "offers"), [("viewer", 1), ("lead", 2)])
def test_the_page_offers_the_downloads_that_the_visitor_may_have(folder, user, offers):
    with visitor(folder, user) as client:
        assert client.get("/console").text.count('href="/console/snapshot') == offers


def test_the_page_holds_no_script_or_style_of_its_own(viewer):
    page = viewer.get("/console").text
    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count("<script src=")
    assert 'id="persons"' not in page


def test_what_is_no_question_is_refused(viewer):
    assert viewer.post("/console/run", json={"sql": 1}).status_code == 400
    assert viewer.post("/console/run", content=b"\xff").status_code == 400


def test_a_body_without_end_is_not_read(viewer):
    answer = viewer.post("/console/run", content=b'{"sql": "' + b"x" * 1_000_000)
    assert answer.status_code == 413


def test_the_names_of_columns_are_texts_to_a_spreadsheet(viewer):
    sql = """select 1 as "=HYPERLINK('x')" """
    text = viewer.post("/console/csv", json={"sql": sql}).text.removeprefix("\ufeff")
    assert next(csv.reader(io.StringIO(text))) == ["'=HYPERLINK('x')"]


def test_more_values_than_memory_has_room_for_are_no_download(viewer, monkeypatch):
    monkeypatch.setattr("toban.clients.console.console.MOST_VALUES", 1_000)
    assert viewer.post("/console/csv", json={"sql": "select range(90) from range(9)"}).is_success
    sql = "select list_transform(range(90), lambda x: []::int[]) from range(9)"
    refused = viewer.post("/console/csv", json={"sql": sql}).json()["refused"]
    assert "larger" in refused["reason"]


@pytest.mark.parametrize("origin", ["http://[", "null", "http://elsewhere.example"])
def test_an_origin_that_is_none_of_ours_is_refused(folder, origin):
    section = console.section(desk(folder), Console(folder))
    assert visit((section,), origin=origin).post("/console/run", json={"sql": "select 1"}).status_code == 403


def test_the_place_of_a_zero_counts_letters(viewer):
    refused = viewer.post("/console/run", json={"sql": "select '障害', '\0'"}).json()["refused"]
    assert (refused["line"], refused["column"]) == (1, 15)
