"""What everybody may see: sums that name nobody, and that tell nobody's own figure."""

from collections.abc import Iterable

from toban.domain.health.nouns import Finding, Topic

# The highest in medians is one person's figure.
OF_ONE_PERSON = {Topic.LOAD_MAX_TO_MEDIAN, Topic.SHIFT_MAX_TO_MEDIAN}


def may_be_told(people: int, fewest_people: int) -> bool:
    """Whether a sum of that many persons' figures is for everybody; one of nobody's tells nothing."""
    return people == 0 or people >= fewest_people


def public(findings: Iterable[Finding], fewest_people: int) -> tuple[Finding, ...]:
    """Those of the team that may be told."""
    return tuple(
        one
        for one in findings
        if one.person_id is None and one.topic not in OF_ONE_PERSON and may_be_told(one.people, fewest_people)
    )
