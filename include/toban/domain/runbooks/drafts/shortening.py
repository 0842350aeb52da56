"""A draft as a note of an incident: without its head, no longer than a note may be, and known again there."""

from toban.domain.language import Language

HEAD_ENDS = "\n---\n"
OPENINGS = (
    "> **Draft.** Toban ",
    "> **下書き。** Toban ",
)  # of every draft below its head, in either language


def is_draft(note: str) -> bool:
    """Whether the note is a draft that somebody added: it says nothing that its sources do not say."""
    return note.startswith(OPENINGS)


def as_short(draft: str, most: int, say: Language) -> str:
    """At most so many characters; where lines are left out, the last one says so."""
    body = draft.partition(HEAD_ENDS)[2].strip()
    if len(body) <= most:
        return body
    told = say.text("(Shortened: the whole draft with its sources is in the incident's thread in Slack.)")
    kept = body[: most - len(told) - 2]
    return f"{kept.rpartition(chr(10))[0].rstrip()}\n\n{told}"
