"""Whatever the order of events, however late and however often passes come or die, the calling is right."""

from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.alerts.incidents import ACTING, LEVELS, MINUTE, at, event, incident, thread
from toban.domain.alerts.actions import Action, Ask, Call, Escalate, Exhausted, Open, Remind
from toban.domain.alerts.next_actions import next_actions
from toban.domain.alerts.nouns import Event, Incident, Kind, Status, Thread
from toban.domain.alerts.rounds import next_round
from toban.domain.alerts.said import Said

STEPS = st.one_of(
    st.tuples(st.just("wait"), st.floats(0.1, 45)),
    st.tuples(
        st.sampled_from(["acknowledge", "unacknowledge", "escalate", "resolve", "reopen"]), st.just(0.0)
    ),
    st.tuples(st.just("killed"), st.floats(0, 3)),  # a pass that dies after so many acts
)


@dataclass
class Story:
    """A pretended PagerDuty, a pretended Slack, and passes over both."""

    minute: float = 0.0
    level: int = 1
    incident: Incident = field(default_factory=incident)
    thread: Thread = field(default_factory=thread)
    events: list[Event] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    done: list[tuple[float, Action]] = field(default_factory=list)

    def step(self, what: str, size: float) -> None:
        if what == "wait":
            self.minute += size
        elif what != "killed":
            self._change(what)
        self.run(acts=int(size) if what == "killed" else 99)

    def _change(self, what: str) -> None:
        now = self.incident.status
        if what == "acknowledge" and now is Status.TRIGGERED:
            self._become(Status.ACKNOWLEDGED, Kind.ACKNOWLEDGE)
        elif what == "unacknowledge" and now is Status.ACKNOWLEDGED:
            self._become(Status.TRIGGERED, Kind.UNACKNOWLEDGE)
        elif what == "escalate" and now is Status.TRIGGERED and self.level < len(LEVELS):
            self.climb(self.level + 1)
        elif what == "resolve" and now is not Status.RESOLVED:
            self._become(Status.RESOLVED, Kind.RESOLVE)
        elif what == "reopen" and now is Status.RESOLVED:
            self.level = 1
            self._become(Status.TRIGGERED, Kind.REOPEN)

    def climb(self, level: int) -> None:
        self.level = max(self.level, level)  # an absolute level climbs once, however often it is named
        self._become(Status.TRIGGERED, Kind.ESCALATE)

    def _become(self, status: Status, kind: Kind) -> None:
        assigned = () if status is Status.RESOLVED else LEVELS[self.level]
        self.incident = replace(self.incident, status=status, assigned=assigned)
        self.events.append(event(kind, self.minute, id=f"R{self.minute}{kind}{len(self.events)}"))

    def run(self, acts: int) -> None:
        now = at(self.minute)
        current = next_round(self.thread.round, self.incident, self.thread.status, self.events, now)
        self.thread = replace(self.thread, round=current, status=self.incident.status)
        self.events = []
        known = Said(self.thread, frozenset(self.said))
        for action in next_actions(self.incident, known, LEVELS, ACTING, now)[:acts]:
            self.done.append((self.minute, action))
            self._do(action)

    def _do(self, action: Action) -> None:
        if isinstance(action, Escalate):
            assert self.incident.status is Status.TRIGGERED
            self.climb(action.level)
        else:
            self.said.append(action.key)


def told(steps: list[tuple[str, float]]) -> Story:
    story = Story()
    for what, size in steps:
        story.step(what, size)
    return story


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=25))
def test_nothing_is_said_twice(steps: list[tuple[str, float]]) -> None:
    story = told(steps)
    assert len(story.said) == len(set(story.said))


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=25))
def test_stages_never_go_backwards(steps: list[tuple[str, float]]) -> None:
    calls = [one for _, one in told(steps).done if not isinstance(one, (Open, Exhausted, Ask))]
    stages = [stage(action) for action in calls]
    assert stages == sorted(stages)


def stage(action: Action) -> tuple[int, int, int]:
    """Round, then call before reminders before escalation."""
    parts = action.key.split(":")
    if isinstance(action, Call):
        return int(parts[2]), 0, 0
    if isinstance(action, Remind):
        return int(parts[2]), 1, int(parts[3])
    return int(parts[2]), 2, 0


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=25))
def test_nobody_is_rung_for_what_is_acknowledged_or_resolved(steps: list[tuple[str, float]]) -> None:
    story = Story()
    for what, size in steps:
        before = len(story.done)
        story.step(what, size)
        if story.thread.status is not Status.TRIGGERED:
            rung = [one for _, one in story.done[before:] if isinstance(one, (Call, Remind, Escalate))]
            assert not rung
            assert not [one for _, one in story.done[before:] if isinstance(one, Open) and one.rings]


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=15))
def test_whatever_happened_who_stays_unanswered_reaches_the_last_level(
    steps: list[tuple[str, float]],
) -> None:
    story = told([*steps, ("resolve", 0.0), ("reopen", 0.0)])
    for _ in range(40):
        story.step("wait", 1.0)
    assert story.level == len(LEVELS)
    assert [one for _, one in story.done if isinstance(one, Exhausted)]


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=15), st.floats(0.1, 3))
def test_a_pass_that_comes_twice_finds_nothing_more_to_do(
    steps: list[tuple[str, float]], wait: float
) -> None:
    story = told([*steps, ("wait", wait)])
    for _ in range(3):
        story.run(acts=99)
    before = len(story.done)
    story.run(acts=99)
    assert len(story.done) == before


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=25))
def test_no_level_is_climbed_before_those_asked_had_their_minutes(steps: list[tuple[str, float]]) -> None:
    story = Story()
    for what, size in steps:
        before, begun = len(story.done), story.thread.round.seen_at
        story.step(what, size)
        for _, action in story.done[before:]:
            if isinstance(action, Escalate):
                assert at(story.minute) - begun >= 10 * MINUTE
