"""Is new told from known? Real alerts held out, and repeats of known ones with all changed that varies."""

import json
import random
import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toban.domain.triage.nouns import Asked, Known
from toban.domain.triage.novelty import novelty
from toban.domain.triage.template import template

NOW = datetime(2026, 11, 1, tzinfo=UTC)
REPEATS = 40
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
# Alerts as people and tools write them; what is in braces varies between firings.
SHAPES = (
    "Disk usage on {host} is {percent}%",
    "[FIRING:{n}] KubePodCrashLooping ({pod} warning)",
    "High memory on {host} ({ip}): {size} used",
    "{host}: load average {decimal}, {decimal}, {decimal}",
    "Replication lag of {duration} on {host}",
    "Job {id} failed at {time}",
    "HTTP {n} from {url} for {duration}",
    "Container {id} of pod {pod} was OOM killed",
    "Certificate of {domain} expires in {n} days",
    "Queue depth {n} on {host}, consumer {ip} is slow",
    "Backup {path} failed with exit code {n}",
    "Request {uuid} to {domain} took {duration}",
    "p99 latency {decimal} ms over threshold {n} ms",
    "Order #{n} stuck since {time}",
    "i-{hex} failed its status check in {zone}",
    "Connection from {ip} to {ip} refused {n} times",
    "User {email} locked out after {n} attempts",
    "Slow query on {host}: {duration}, {n} rows examined",
    "{n} of {n} replicas of {pod} are ready",
    "commit {hex} broke the build #{n}",
    "サーバー{host}のディスク使用率が{percent}%を超過しました",
    "{host}で応答なし({ip})",
    "決済APIの応答遅延: {duration}",
    "バッチ{id}が{japanese_time}に失敗しました",
    "注文番号{n}の処理が{minutes}分間止まっています",
    "【警告】{host} メモリ使用率 {wide_percent}%",
    "キューに{n}件滞留しています({host})",
    "{domain}の証明書の期限まで{n}日です",
    "ポッド{pod}が{n}回再起動しました",
    "{japanese_time} {host} への疎通に失敗({n}回連続)",
)


def novel_recall(pairs: Path) -> float:
    """Each real alert's text held out from a history of all others: the share found to be new.

    Without the alerts' names, which would tell any two apart: texts that differ in a number are misses.
    """
    rows = [json.loads(line) for line in pairs.read_text(encoding="utf-8").splitlines()]
    texts = {(row["summary"] or row["description"]).strip() for row in rows} - {""}
    masked = {text: template(text) for text in texts}
    new = [_new(text, [other for name, other in masked.items() if name != text]) for text in sorted(texts)]
    return round(sum(new) / len(new), 4)


def false_new() -> float:
    """The share of repeats taken for new: each shape's firings against the history of its first three."""
    chance = random.Random(28)
    wrong = []
    for shape in SHAPES:
        known = [template(_fired(shape, chance)) for _ in range(3)]
        wrong += [_new(_fired(shape, chance), known) for _ in range(REPEATS)]
    return round(sum(wrong) / len(wrong), 4)


def _new(text: str, known: list[str]) -> bool:
    counts = [Known(name, "S1", 1, NOW, NOW) for name in known]
    return novelty(Asked(text, "S1", NOW), counts, 0, len(counts)).new


def _fired(shape: str, chance: random.Random) -> str:
    for name, made in MADE.items():
        while "{" + name + "}" in shape:
            shape = shape.replace("{" + name + "}", made(chance), 1)
    return shape


def _letters(chance: random.Random, signs: str, count: int) -> str:
    return "".join(chance.choice(signs) for _ in range(count))


def _host(chance: random.Random) -> str:
    role, n = (
        chance.choice(["web", "db", "app", "cache", "batch", "prod-api", "stg-worker"]),
        chance.randrange(1, 400),
    )
    zone = chance.choice(["example.com", "corp.internal", "tokyo.example.co.jp"])
    forms = (
        f"{role}-{n}",
        f"{role}{n:02}",
        f"{role}-{n}.{zone}",
        f"ip-10-{n % 256}-3-{n % 99}",
        f"{role}-{n}a",
    )
    return chance.choice(forms)


def _pod(chance: random.Random) -> str:
    signs = "bcdfghjklmnpqrstvwxz2456789"
    name = chance.choice(["checkout-api", "search", "payments-worker"])
    return f"{name}-{_letters(chance, signs, chance.choice((9, 10)))}-{_letters(chance, signs, 5)}"


def _duration(chance: random.Random) -> str:
    n = chance.randrange(1, 90)
    forms = (
        f"{n}s",
        f"{n} ms",
        f"{n // 9}m{n % 60}s",
        f"{n} seconds",
        f"{n}.{n % 10} s",
        f"{n}秒",
        "1 minute",
    )
    return chance.choice(forms)


def _time(chance: random.Random) -> str:
    moment = NOW - timedelta(seconds=chance.randrange(40_000_000))
    forms = (
        "%Y-%m-%dT%H:%M:%SZ",
        "%Y-%m-%d %H:%M:%S",
        "%d %b %Y %H:%M",
        "%m/%d/%Y %H:%M:%S",
        "%Y/%m/%d %H:%M",
    )
    return moment.strftime(chance.choice(forms))


def _japanese_time(chance: random.Random) -> str:
    moment = NOW - timedelta(seconds=chance.randrange(40_000_000))
    return f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}時{moment.minute}分"


def _id(chance: random.Random) -> str:
    n = chance.randrange(1, 100_000)
    forms = (f"job_{n}", f"J{n}", f"nightly_load_{n}", _letters(chance, "0123456789abcdef", 12))
    return chance.choice(forms)


def _uuid(chance: random.Random) -> str:
    return "-".join(_letters(chance, "0123456789abcdef", count) for count in (8, 4, 4, 4, 12))


def _number(chance: random.Random) -> str:
    n = chance.randrange(10 ** chance.randrange(1, 7))
    return chance.choice((str(n), f"{n:,}"))


MADE: dict[str, Callable[[random.Random], str]] = {
    "host": _host,
    "pod": _pod,
    "ip": lambda chance: ".".join(str(chance.randrange(256)) for _ in range(4)),
    "n": _number,
    "percent": lambda chance: chance.choice((str(chance.randrange(101)), f"{chance.uniform(0, 100):.1f}")),
    "wide_percent": lambda chance: str(chance.randrange(101)).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimal": lambda chance: f"{chance.uniform(0, 90):.{chance.randrange(1, 4)}f}",
    "size": lambda chance: f"{chance.uniform(0, 900):.1f}{chance.choice(['GB', 'MiB', ' GiB', 'MB'])}",
    "duration": _duration,
    "minutes": lambda chance: str(chance.randrange(1, 90)),
    "time": _time,
    "japanese_time": _japanese_time,
    "id": _id,
    "uuid": _uuid,
    "hex": lambda chance: _letters(chance, "0123456789abcdef", 17),
    "zone": lambda chance: chance.choice(["us-east-1", "ap-northeast-1", "eu-west-2"]),
    "url": lambda chance: (
        f"https://{chance.choice(string.ascii_lowercase)}.example.com/v{chance.randrange(9)}"
    ),
    "domain": lambda chance: chance.choice(["shop.example.com", "api.example.co.jp", "www.example.net"]),
    "path": lambda chance: f"/var/backups/{chance.choice(['db', 'files'])}-{chance.randrange(999)}.tar.gz",
    "email": lambda chance: f"{chance.choice(['aiko', 'ben.k', 'c+x'])}@example.com",
}
