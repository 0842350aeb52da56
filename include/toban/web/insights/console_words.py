"""Why a query has no answer, in the reader's language; what the engine says stays in its own words."""

from toban.domain.console.nouns import LONGEST_STATEMENT
from toban.domain.language import Language
from toban.errors import ConsoleFull, QueryRefused, QueryStopped, TobanError


def reason(error: TobanError, say: Language) -> str:
    """One sentence with the next step."""
    if isinstance(error, ConsoleFull):
        return say.text("As many queries are running and waiting as may. Try again in a few seconds.")
    if isinstance(error, QueryStopped):
        return _stopped(error.code, say)
    if isinstance(error, QueryRefused) and error.code != "engine":
        return _refused(error, say)
    return str(error)


def _stopped(code: str, say: Language) -> str:
    if code == "time":
        return say.text("The query was stopped after 5 seconds. Ask for less, or of a shorter period.")
    if code == "size":
        return say.text("The result is larger than may be shown. Select fewer columns.")
    return say.text("The query took more memory than it may. Ask for less at once.")


def _refused(error: QueryRefused, say: Language) -> str:
    sentences = {
        "statement": say.text("Exactly one SELECT is answered, but this is: {name}.", name=error.name),
        "function": say.text(
            "The function {name} is not available here: what it reads lies outside of the data.",
            name=error.name,
        ),
        "table": say.text(
            "The table {name} is not available here: it is about the server, not about the data.",
            name=error.name,
        ),
        "file": say.text("{name} is the name of a file; files are not read here.", name=error.name),
        "deep": say.text("The statement is nested too deeply. Write it with WITH."),
        "long": say.text("The statement is longer than {n} bytes.", n=say.number(LONGEST_STATEMENT)),
        "zero": say.text("The statement holds a character with the code 0. Take it out."),
    }
    return sentences[error.code]
