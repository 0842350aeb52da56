"""Which runbook an alert gets: a person's own words, the most specific first."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook_samples import runbook
from toban.domain.runbooks import AlertText, match
from toban.domain.runbooks.folding import folded, holds, keyword, words
from toban.domain.runbooks.matching import Matcher


def ids(alert: AlertText, *runbooks) -> list[str]:
    return [found.runbook.id for found in match(alert, runbooks)]


def reasons(alert: AlertText, *runbooks) -> list[tuple[str, str]]:
    return [(reason.kind, reason.value) for reason in match(alert, runbooks)[0].reasons]


@pytest.mark.parametrize(
    "title",
    [
        "Disk full on db-1",
        "DISK_FULL",
        "disk-full",
        "Disk\tfull",
        "ｄｉｓｋ　ｆｕｌｌ",
        "[P1] disk full!",
        "/disk full/",
    ],
)
def test_a_phrase_is_found_however_it_is_written(title):
    assert reasons(AlertText(title), runbook("disk", "disk full")) == [("phrase", "disk full")]


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("replication lag", "[FIRING:1] PostgreSQLReplicationLag (db-1 40s)"),
        ("postgresql", "PostgreSQL is down"),
        ("oomkilled", "Pod OOMKilled"),
        ("cpu utilization", 'ALARM: "redis-EngineCPUUtilization"'),
        ("KubePodCrashLooping", "KubePodCrashLooping"),
    ],
)
def test_names_in_camel_case_are_read_as_one_word_and_as_several(wanted, title):
    assert ids(AlertText(title), runbook("it", wanted)) == ["it"]


@pytest.mark.parametrize(
    "title", ["disk fully encrypted", "ramdisk full", "disk is full", "disk2 full", "diskfull"]
)
def test_half_a_word_is_not_a_word(title):
    assert ids(AlertText(title), runbook("disk", "disk full")) == []


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("ディスク", "本番ディスク使用率が90%"),
        ("ﾃﾞｨｽｸ", "ディスク使用率"),
        ("CPU", "サーバーのCPU使用率が高い"),
        ("cpu使用率", "サーバーのＣＰＵ使用率が高い"),
        ("使用率", "CPU使用率"),
        ("p99", "P99レイテンシ"),
    ],
)
def test_japanese_needs_no_spaces_around_a_word(wanted, title):
    assert ids(AlertText(title), runbook("it", wanted)) == ["it"]


def test_a_latin_word_inside_japanese_is_still_whole():
    assert ids(AlertText("GPU使用率"), runbook("cpu", "pu使用率")) == []


def test_details_count_too_but_a_title_counts_more():
    alert = AlertText("high load", body="the disk full alarm is off")
    assert ids(alert, runbook("a-disk", "disk full"), runbook("z-load", "high load")) == ["z-load", "a-disk"]


def test_a_phrase_does_not_reach_from_the_title_into_the_details():
    assert ids(AlertText("disk", body="full of joy"), runbook("disk", "disk full")) == []


def test_the_most_specific_rule_comes_first_whatever_the_order():
    pattern = runbook("d-pattern", patterns=("disk.*9[0-9]%",))
    phrase, word = runbook("c-phrase", "disk usage"), runbook("b-word", "disk")
    alert = AlertText("Disk usage 95%")
    expected = ["d-pattern", "c-phrase", "b-word"]
    assert ids(alert, word, pattern, phrase) == ids(alert, phrase, pattern, word) == expected


def test_a_longer_phrase_is_more_specific():
    longer, shorter = runbook("z", "disk usage high"), runbook("a", "disk usage")
    assert ids(AlertText("disk usage high"), longer, shorter) == ["z", "a"]


def test_a_runbook_of_the_service_comes_before_a_general_one():
    own = runbook("z-checkout", "latency", services=("Checkout",))
    general = runbook("a-latency", "high latency")
    alert = AlertText("High latency", service_id="P1", service_name="checkout")
    assert ids(alert, own, general) == ["z-checkout", "a-latency"]
    assert reasons(alert, own) == [("keyword", "latency"), ("service", "checkout")]


def test_what_describes_the_alert_comes_before_what_only_knows_its_service():
    anything, disk = runbook("a-shop", services=("P1",)), runbook("z-disk", "disk")
    assert ids(AlertText("Disk is slow", service_id="P1"), anything, disk) == ["z-disk", "a-shop"]


@pytest.mark.parametrize(
    "other",
    [
        AlertText("disk", service_id="P2"),
        AlertText("disk", service_id="P1", tool="Zabbix"),
        AlertText("disk", service_id="P1", tool="Datadog", severity="info"),
        AlertText("tape", service_id="P1", tool="Datadog", severity="error"),
    ],
)
def test_each_restriction_and_one_rule_on_the_text_must_be_met(other):
    strict = runbook("x", "disk", services=("P1",), tools=("datadog",), severity=("error", "critical"))
    assert ids(other, strict) == []
    assert ids(AlertText("disk", service_id="P1", tool="Datadog", severity="error"), strict) == ["x"]


def test_what_an_alert_does_not_say_excludes_nothing_and_proves_nothing():
    strict = runbook("x", "disk", services=("P1",), tools=("Datadog",))
    assert reasons(AlertText("disk"), strict) == [("keyword", "disk")]
    assert ids(AlertText("disk"), runbook("y", services=("P1",), tools=("Datadog",))) == []


def test_case_and_lines_do_not_matter_to_a_pattern():
    five = runbook("x", patterns=(r"^http 5\d\d$",))
    assert ids(AlertText("Web is ill", body="code:\nHTTP 503\nsince 3"), five) == ["x"]
    assert ids(AlertText("HTTP 5033"), five) == []


def test_equals_stand_in_the_order_of_their_ids():
    assert ids(AlertText("disk"), runbook("b", "disk"), runbook("a", "disk")) == ["a", "b"]


def test_only_the_beginning_of_endless_details_is_read():
    alert = AlertText("x", body="y " * 5_000 + "disk")
    assert ids(alert, runbook("a", "disk")) == []


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=60))
def test_folding_settles_and_never_loses_a_keyword(before, wanted, after):
    once = folded(wanted)
    assert folded(once) == once
    rule = keyword(wanted)
    text = folded(f"{before} {once} {after}")
    if rule.folded and holds(text, rule.folded):
        assert rule.words <= words(text)


@given(st.text(max_size=40), st.lists(st.sampled_from(["disk", "disk full", "ディスク", "c++"]), unique=True))
def test_the_order_is_that_of_strength_and_every_match_has_a_reason(title, keywords):
    found = match(
        AlertText(title + " disk full"), [runbook(f"r{n}", word) for n, word in enumerate(keywords)]
    )
    assert all(each.reasons for each in found)
    assert [each.strength for each in found] == sorted((each.strength for each in found), reverse=True)
    assert {"disk", "disk full"} & set(keywords) <= {each.reasons[0].value for each in found}


@given(st.text(alphabet="disk full ディスク tape 90%", max_size=40), st.sampled_from(["Datadog", None]))
def test_many_alerts_are_matched_as_each_one_is(title, tool):
    shelf = [
        runbook("a", "disk", "disk full"),
        runbook("b", "ディスク", services=("shop",)),
        runbook("c", patterns=(r"\d+ ?%",)),
        runbook("d", "tape", patterns=("full",)),
        runbook("e", tools=("Datadog",)),
    ]
    alert = AlertText(title, service_name="shop", tool=tool)
    assert Matcher(shelf)(alert) == match(alert, shelf)


def test_a_thousand_runbooks_are_matched_in_far_less_than_a_second():
    shelf = [
        runbook(f"r{n}", f"word{n} other", "ディスク", f"alarm {n}", patterns=(rf"code {n}\d+ in \w+",))
        for n in range(1_000)
    ]
    alert = AlertText("alarm 7 on word8", body="some details of the alert, code 5123 in db. " * 80)
    match(alert, shelf[:1])
    begun = perf_counter()
    found = match(alert, shelf)
    assert perf_counter() - begun < 5  # measured: some 15 ms
    assert found[-1].runbook.id == "r7"
