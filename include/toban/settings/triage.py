"""What reads alerts beside Toban itself."""

from typing import Annotated

from pydantic import Field

from toban.settings.forms import Section, WebAddress


class LanguageModelSettings(Section):
    """An OpenAI-compatible address that words drafts; its key is a secret and is kept elsewhere.

    ``timeout_s`` fits into an alert pass, which goes on meanwhile.
    """

    base_url: WebAddress
    model: Annotated[str, Field(min_length=1, max_length=100)]
    timeout_s: int = Field(default=12, ge=1, le=15)


class TriageSettings(Section):
    """Off unless it is set: texts of alerts and notes leave Toban."""

    llm: LanguageModelSettings | None = None
