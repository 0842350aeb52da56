import pytest

from toban.clients.warehouse import Warehouse, ask
from toban.errors import QueryRefused
from warehouse_data import fill_a_little


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    warehouse = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with warehouse.write() as writer:
        fill_a_little(writer, 3)
        writer.rebuild_models()
        writer.publish()
    with warehouse.read() as snapshot:
        yield snapshot


def test_a_select_is_answered_with_its_columns_in_order(snapshot):
    answer = ask(snapshot, "select incident_id, urgency from incident_facts order by 1")
    assert (answer.columns, answer.rows[0]) == (["incident_id", "urgency"], ("Q0", "low"))


@pytest.mark.parametrize(
    "sql", ["from incident_facts", "describe incidents", "summarize incidents", "values (1)", "show tables;"]
)
def test_other_ways_to_say_select_are_answered(snapshot, sql):
    assert ask(snapshot, sql).rows


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "select 1; select 2",
        "drop table incidents",
        "insert into incidents (id) values ('Q9')",
        "create temp table t as select 1",
        "attach '/etc/passwd' as x",
        "copy incidents to '/nowhere'",
        "set memory_limit = '1TB'",
        "explain analyze select 1",
        "pragma database_list; select 1",
        "install httpfs",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from no_such_table",
        "selec",
    ],
)
def test_everything_else_is_refused_in_one_sentence(snapshot, sql):
    with pytest.raises(QueryRefused) as refusal:
        ask(snapshot, sql)
    assert "\n" not in str(refusal.value)


def test_after_a_refusal_the_next_question_is_answered(snapshot):
    with pytest.raises(QueryRefused):
        ask(snapshot, "selec")
    assert ask(snapshot, "select 1").rows == [(1,)]
