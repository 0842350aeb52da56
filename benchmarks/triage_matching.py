"""Runbook matching on real alerts and runbooks: hit rates, cross-validation, how sure it is, and its cost.

    PYTHONPATH=include .venv/bin/python benchmarks/triage_matching.py [DIRECTORY]

The directory holds pairs_dev.jsonl and the runbooks it names; the last line is one JSON object.
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from statistics import mean, median, quantiles
from typing import TypeVar

import numpy as np

from toban.clients.runbook_pages import read_pages
from toban.clients.runbook_pairs import read_runbook_pairs
from toban.domain.runbooks.search.evaluation import Pair, evaluate, remembered
from toban.domain.runbooks.search.finding import LEAST_CONFIDENCE, Library, confidence, find, rank
from toban.domain.runbooks.search.index import Index, build_index
from toban.domain.runbooks.search.memory import Memory
from toban.domain.runbooks.search.pages import Page
from toban.domain.runbooks.search.scoring import WEIGHTS, Weights, asked, scores

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "runbook_matching"
FIGURES = (
    *("alert_hit1_name", "alert_hit1_text", "service_hit1_name"),
    *("service_hit1_memory", "alert_hit1_name_memory", "alert_hit1_text_memory"),
)
FOLDS, RUNBOOKS = 5, 1_000
CHOICES = ((3.0, 5.0, 8.0), (5.0, 8.0, 12.0), (2.5, 4.0, 6.0), (2.0, 3.5, 5.0), (0.0, 2.0, 3.0, 4.0))
GRID = np.array(list(product(*CHOICES)))
SEEDS = 10  # ways to deal the runbooks into folds
Result = TypeVar("Result")
ALONE = [Weights(*(float(at == sign) for at in range(5))) for sign in range(4)]


def measure(directory: Path, *, quick: bool = False) -> dict[str, object]:
    """All figures of the last line; what leads to them is printed on the way."""
    if not (directory / "pairs_dev.jsonl").is_file():
        print(
            f"{', '.join(FIGURES)} are null: {directory / 'pairs_dev.jsonl'} is missing; name another folder."
        )
        return dict.fromkeys(FIGURES)
    pages, pairs = read_pages(directory), read_runbook_pairs(directory / "pairs_dev.jsonl")
    index = build_index(pages)
    named, text = evaluate(pairs, index), evaluate(pairs, index, named=False)
    with_memory = evaluate(pairs, index, confirmed=pairs)
    text_with_memory = evaluate(pairs, index, confirmed=pairs, named=False)
    for title, found in (
        ("with name", named),
        ("without name", text),
        ("with name and memory", with_memory),
        ("without name, with memory", text_with_memory),
    ):
        print(f"{title}: {json.dumps(found)}")
    validated = {} if quick else cross_validated(pairs, index)
    print(f"weights chosen on other runbooks: {json.dumps(validated)}")
    print(f"offered at {LEAST_CONFIDENCE}: {json.dumps(offered(pairs, index))}")
    cost = costs(pages, pairs, directory)
    hits = (
        named["alert"]["hit_at_1"],
        text["alert"]["hit_at_1"],
        named["service"]["hit_at_1"],
        with_memory["service"]["hit_at_1"],
        with_memory["alert"]["hit_at_1"],
        text_with_memory["alert"]["hit_at_1"],
    )
    return {"n": len(pairs), **dict(zip(FIGURES, hits, strict=True)), **validated, **cost}


def cross_validated(pairs: Sequence[Pair], index: Index) -> dict[str, float | list[float]]:
    """Hit rates at the first place with weights chosen on pairs of other runbooks, and 95 % intervals.

    As there is but one set of weights in use, one is chosen, by the mean of the four figures.
    """
    names = [f"cv_{pair.granularity}_hit1_{given}" for given in ("name", "text") for pair in pairs]
    right = np.array([_right(pair, index, named) for named in (True, False) for pair in pairs])
    hits = np.zeros(len(names))
    for seed in range(SEEDS):
        folds = np.tile(_folds(pairs, seed), 2)
        for fold in range(FOLDS):
            train = folds != fold
            best = sum(right[train & (np.array(names) == name)].mean(axis=0) for name in set(names)).argmax()
            hits[~train] += right[~train, best] / SEEDS
    found = (
        (name, [hit for hit, of in zip(hits, names, strict=True) if of == name])
        for name in sorted(set(names))
    )
    return {name: value for key, each in found for name, value in _with_interval(key, each)}


def _right(pair: Pair, index: Index, is_named: bool) -> list[bool]:
    """Whether the first page is right, for each choice of weights."""
    question = asked(pair.alert(named=is_named))
    signs = [scores(index, question, alone) for alone in ALONE]
    whole, best = (np.array(scores(index, question, WEIGHTS._replace(sentence=at))) for at in (0.0, 1.0))
    points = GRID @ np.array([*signs, best - whole])
    firsts = points.argmax(axis=1)
    return [points.max() > 0 and index.pages[first].id in pair.right for first in firsts]


def _folds(pairs: Sequence[Pair], seed: int) -> list[int]:
    """All pairs of a runbook, and of runbooks of its name elsewhere, are in one fold."""
    groups = [each.right[0] if "README" in each.right[0] else Path(each.right[0]).name for each in pairs]
    order = sorted(set(groups))
    random.Random(seed).shuffle(order)
    return [order.index(group) % FOLDS for group in groups]


def _with_interval(name: str, hits: list[float]) -> Iterator[tuple[str, float | list[float]]]:
    chance = random.Random(0)
    means = sorted(mean(chance.choices(hits, k=len(hits))) for _ in range(1_000))
    yield name, round(mean(hits), 4)
    yield f"{name}_ci95", [round(means[25], 3), round(means[974], 3)]


def offered(pairs: Sequence[Pair], index: Index) -> dict[str, float]:
    """How often the first page is sure enough to be offered, and how often that is right; also where the
    right runbook is taken away."""
    there, right, taken = [], [], []
    for pair in pairs:
        ranked = rank(asked(pair.alert(named=True)), index, {})
        others = [each for each in ranked if not _is_right(index.pages[each[1]], pair)]
        there.append(_is_sure(ranked, index))
        right.append(bool(ranked) and index.pages[ranked[0][1]].id in pair.right)
        taken.append(_is_sure(others, index))
    shown = [is_right for is_right, is_shown in zip(right, there, strict=True) if is_shown]
    return {
        "offered": round(mean(there), 3),
        "right_of_offered": round(mean(shown), 3),
        "offered_though_there_is_none": round(mean(taken), 3),
    }


def _is_right(page: Page, pair: Pair) -> bool:
    return page.id in pair.right or any(
        page.name == Path(each).name for each in pair.right if "README" not in each
    )


def _is_sure(ranked: Sequence[tuple[float, int]], index: Index) -> bool:
    if not ranked:
        return False
    first = index.pages[ranked[0][1]].name.lower()
    following = (points for points, at in ranked[1:] if index.pages[at].name.lower() != first)
    return confidence(ranked[0][0], ranked[0][0] - next(following, 0.0)) >= LEAST_CONFIDENCE


def costs(pages: Sequence[Page], pairs: Sequence[Pair], directory: Path) -> dict[str, float]:
    """Of 1,000 runbooks (the last ones twice, under other names) and 500 confirmed pairs."""
    more = [Page(**{**vars(page), "id": f"{page.id}-2"}) for page in pages[-(RUNBOOKS - len(pages)) :]]
    index_s, index = _timed(lambda: build_index((*pages, *more)))
    memory_s, memory = _timed(lambda: Memory(remembered(pairs, named=True)))
    library = Library((), index, memory)
    alerts = [pair.alert(named=True) for pair in pairs]
    matches_s = [_timed(partial(find, alert, library, "en"))[0] for alert in alerts]
    command = [Path(sys.executable).with_name("toban"), "runbooks", "match", "--text", "disk full on db-1"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, "--runbooks", directory], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    fresh_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "runbooks": len(index.pages),
        "index_cpu_s": round(index_s, 2),
        "memory_cpu_s": round(memory_s, 3),
        "match_cpu_ms": round(median(matches_s) * 1_000, 1),
        "match_p95_cpu_ms": round(quantiles(matches_s, n=20)[18] * 1_000, 1),
        "fresh_process_cpu_s": round(fresh_s, 2),
        "fresh_process_mb": after.ru_maxrss // 1024,
    }


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds of the processor: others share the machine."""
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)))
