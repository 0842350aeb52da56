from report_samples import incident
from toban.domain.report.alerts import group


def test_alerts_are_counted_together_by_service_and_the_most_frequent_comes_first():
    incidents = [incident(0, "Backlog 5"), incident(1, "Disk of db-1"), incident(2, "Disk of db-2")]
    incidents.append(incident(3, "Disk of db-2", service="search"))
    found = group(incidents)
    assert [(each.label, each.service, len(each.incidents)) for each in found] == [
        ("Disk of …", "checkout", 2),
        ("Backlog 5", "checkout", 1),
        ("Disk of db-2", "search", 1),
    ]


def test_an_acknowledged_incident_did_not_resolve_by_itself():
    alone = incident(0, acknowledged_s=None, resolved_itself=True)
    watched = incident(1, acknowledged_s=60, resolved_itself=True)
    assert group([alone, watched])[0].resolved_themselves == 1
