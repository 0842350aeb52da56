"""What fired, by template, out of a snapshot."""

from datetime import timedelta

from toban.clients.runbook_fired import read_fired
from toban.clients.warehouse import Warehouse
from warehouse_data import NOON, fill_a_little

INCIDENTS = 8


def test_incidents_and_calls_at_night_are_summed_by_template_and_service(tmp_path):
    warehouse = Warehouse(tmp_path)
    with warehouse.write() as writer:
        fill_a_little(writer, INCIDENTS)
        writer.rebuild_models()
        writer.publish()
    with warehouse.read() as snapshot:
        fired = read_fired(snapshot, NOON)
        (later,) = read_fired(snapshot, NOON + timedelta(hours=11 * (INCIDENTS - 1)))
        rang = snapshot.rows("select sum(sleep_hour_interruptions)::int as n from incident_facts")[0]["n"]
    assert {each.template for each in fired} == {"Incident <n>"}
    assert sorted((each.alert.service_id, each.incidents) for each in fired) == [("S1", 4), ("S2", 4)]
    assert sum(each.night_calls for each in fired) == rang > 0
    assert (later.alert.title, later.incidents) == (f"Incident {INCIDENTS - 1}", 1)
