"""The gate on trees as DuckDB's parser makes them."""

import json

import duckdb
import pytest

from toban.clients.warehouse.texts import sql_files
from toban.domain.console.gate import Refusal, refusal_of


def refusal(sql: str) -> Refusal | None:
    row = duckdb.execute("select json_serialize_sql($1)", [sql]).fetchone()
    return refusal_of(json.loads(row[0]))


@pytest.mark.parametrize(
    "sql",
    [
        "select service, count(*) from incident_facts group by all",
        "from range(3)",
        "select unnest(team_ids) from incident_facts",
        "select table_name, comment from duckdb_tables()",
        "with recursive t as (select 1 i union all select i + 1 from t where i < 9) from t",
        "summarize incidents",
        "select 'read_text(''x'')', \"current_setting\" from t",
        "from main.incidents",
    ],
)
def test_questions_about_the_data_pass(sql):
    assert refusal(sql) is None


def test_the_examples_pass():
    assert not [name for name, sql in sql_files("examples") if refusal(sql)]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select 1, (from Read_Text('x'))", Refusal("function", "read_text", 16)),
        ("from main.glob('*')", Refusal("function", "glob", 5)),
        ("from query('select 1')", Refusal("function", "query", 5)),
        ("from histogram_values('duckdb_databases', path)", Refusal("function", "histogram_values", 5)),
        ("from arrow_scan(1, 2, 3)", Refusal("function", "arrow_scan", 5)),
        ("select Current_Setting('x')", Refusal("function", "current_setting", 7)),
        ("from pg_catalog.pg_settings", Refusal("table", "pg_settings", 5)),
        ("from '/etc/passwd'", Refusal("file", "/etc/passwd", 5)),
        ('from "a.csv"', Refusal("file", "a.csv", 5)),
    ],
)  # fmt: skip
def test_what_looks_outside_is_refused_with_its_place(sql, expected):
    assert refusal(sql) == expected


def test_of_two_the_first_is_named():
    assert refusal("select getenv('a') from read_text('b')").name == "getenv"


def test_a_function_of_tables_that_nobody_knows_yet_is_refused():
    assert refusal("from brand_new_function(1)") == Refusal("function", "brand_new_function", 5)
