"""What everybody may see: sums that name nobody, and that tell nobody's own figure."""

from collections.abc import Iterable

from toban.domain.health.nouns import Finding, Topic

# The highest in medians is one person's figure.
OF_ONE_PERSON = {Topic.LOAD_MAX_TO_MEDIAN, Topic.SHIFT_MAX_TO_MEDIAN}


def is_public(finding: Finding, fewest_people: int) -> bool:
    """A team's finding into which nobody's or at least that many persons' figures went."""
    if finding.person_id is not None or finding.topic in OF_ONE_PERSON:
        return False
    return finding.people == 0 or finding.people >= fewest_people


def public(findings: Iterable[Finding], fewest_people: int) -> tuple[Finding, ...]:
    """Those that may be shown."""
    return tuple(one for one in findings if is_public(one, fewest_people))
