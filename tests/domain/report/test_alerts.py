import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_samples import incident
from toban.domain.report.alerts import group, mask


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Disk full on db-14: 91%", "Disk full on db-3: 97.5%"),
        ("web01.example.com is down", "web17.example.com is down"),
        ("10.0.0.1:8080 refused", "10.2.33.4:80 refused"),
        ("Job failed at 2026-11-16T10:00:00Z", "Job failed at 2026-11-17 03:12:45+09:00"),
        ("Trace 4f9a8b7c6d5e4f3a timed out", "Trace 00aa11bb22cc33dd timed out"),
        (
            "Order 1b4e28ba-2fa1-11d2-883f-0016d3cca427 stuck",
            "Order 6fa459ea-ee8a-3ca4-894e-db77e160355e stuck",
        ),
        ("See https://x.example/1", "See   https://x.example/2?a=b"),
        ("決済APIの応答遅延 5100ms", "決済APIの応答遅延 320ms"),
    ],
)
def test_numbers_hosts_and_ids_do_not_tell_alerts_apart(one, other):
    assert mask(one) == mask(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("p99 latency high", "p50 latency high"),
        ("5xx rate high", "4xx rate high"),
        ("Disk full", "Disk slow"),
        ("HTTP errors in eu", "HTTP errors in us"),
    ],
)
def test_words_tell_alerts_apart(one, other):
    assert mask(one) != mask(other)


@given(st.text(max_size=400))
def test_masking_any_title_gives_one_short_line(title):
    masked = mask(title)
    assert "\n" not in masked
    assert len(masked) <= 2 * 300 + 100


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
