import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toban.domain.triage.template import LONGEST, template


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Disk full on db-14: 91%", "Disk full on db-3: 97.5%"),
        ("web01.example.com is down", "web17.example.com is down"),
        ("shop.example.co.jp is down", "blog.example.com is down"),
        ("10.0.0.1:8080 refused", "10.2.33.4:80 refused"),
        ("connect to [2001:db8::1]:443 refused", "connect to [fe80::2:3]:8443 refused"),
        ("Job failed at 2026-11-16T10:00:00Z", "Job failed at 2026-11-17 03:12:45+09:00"),
        ("job failed at: 08/18/2016 07:59:00", "job failed at: 10/01/2016 23:00:00"),
        ("Trace 4f9a8b7c6d5e4f3a timed out", "Trace 00aa11bb22cc33dd timed out"),
        (
            "Order 1b4e28ba-2fa1-11d2-883f-0016d3cca427 stuck",
            "Order 6fa459ea-ee8a-3ca4-894e-db77e160355e stuck",
        ),
        ("See https://x.example/1", "See   https://x.example/2?a=b"),
        ("/var/log is full", "/data is full"),
        ("latency 59s", "latency 2m5s"),
        ("silent for 1 minute", "silent for 45 minutes"),
        ("used 12.3GiB of memory", "used 980 MiB of memory"),
        (
            "KubePodCrashLooping (payments api-7d9f6b5c4-x2x8k)",
            "KubePodCrashLooping (payments web-5b8c6d7f4-q9wzl)",
        ),
        ("payments/api-7d9f6b5c4-x2x8k restarts", "search/web-5b8c6d7f4-q9wzl restarts"),
        ("node apollo-main is down", "node zeus-spare is down"),
        ("job Job_2063b failed", "job HostName_1019fail failed"),
        ("Redis v7.2.1 out of memory", "Redis v7.0.12 out of memory"),
        ("決済APIの応答遅延 5100ms", "決済APIの応答遅延 320ms"),
        ("ディスク使用率が９１％を超過（web-01）", "ディスク使用率が97.5%を超過(web-22)"),
        ("サーバー01が応答なし", "サーバー17が応答なし"),
        ("11月28日10時30分に失敗しました", "2027年1月2日(土) 3時に失敗しました"),
        ("5分間応答がありません", "30分間応答がありません"),
    ],
)
def test_what_varies_between_firings_does_not_tell_alerts_apart(one, other):
    assert template(one) == template(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("p99 latency high", "p50 latency high"),
        ("5xx rate high", "4xx rate high"),
        ("Disk full", "Disk slow"),
        ("HTTP errors in eu", "HTTP errors in us"),
        ("java.lang.NullPointerException in orders", "java.lang.StackOverflowError in orders"),
        ("S3 is slow", "EC2 is slow"),
        ("ディスク使用率が高い", "CPU使用率が高い"),
        ("KubePodNotReady", "KubeNodeNotReady"),
    ],
)
def test_words_tell_alerts_apart(one, other):
    assert template(one) != template(other)


def test_a_template_reads_like_its_alert():
    assert template("Disk full on db-14 (/var): 91% used for 5 minutes") == (
        "Disk full on <name> (<path>): <n>% used for <duration>"
    )


def test_one_spelling_without_marks_that_nobody_sees():
    assert template("disk\u202e full\x07 on\u200b ｗｅｂ") == "disk full on web"


SHARDS = st.sampled_from(
    [
        "<n>",
        "<name>",
        "db-14",
        "10.0.0.1",
        "91%",
        "5 min",
        "Job_1",
        "/var",
        "a@b.co",
        "10:00",
        "分",
        "の",
        "１",
        "::",
        "-",
        "_",
        "e5",
        "Kube",
    ]
)


@given(st.lists(SHARDS | st.text(max_size=6), max_size=12).map("".join) | st.lists(SHARDS).map(" ".join))
@settings(max_examples=500)
def test_a_templates_template_is_itself(text):
    assert template(template(text)) == template(text)


@given(
    st.integers(0, 10**12),
    st.integers(0, 10**12),
    st.sampled_from(["on db-{}", "{}%", "took {} ms", "ジョブ{}が失敗", "#{}"]),
)
def test_another_number_is_the_same_alert(one, other, shape):
    assert template(shape.format(one)) == template(shape.format(other))


@pytest.mark.parametrize(
    "shard",
    ["a", "a-1.", "1:", "/a", "\u202e", "ﷺ", "<", "ab:", "1,", "1m", "a_1", "0.", "Mon, ", "x@", "\x00"],
)
def test_a_text_of_a_megabyte_costs_no_more_than_its_beginning(shard):
    long = shard * (10**6 // len(shard)) + "!"
    assert template(long) == template(long[:LONGEST])
    assert len(template(long)) <= LONGEST
