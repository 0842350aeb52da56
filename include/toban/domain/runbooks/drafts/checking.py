"""Whether another wording of a draft says nothing but what the draft says: no link, command or figure is new.

A language model has read text of others, so its answer is as hostile as they are. What is certain is taken;
what is not fails, and then the draft stays as it was.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toban.domain.runbooks.sections import outside_fences

LONGER, MORE = 2, 2_000  # the answer may have twice the characters of the draft, and some
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)|\s{0,3}(?:=+|-+)\s*$")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_MARKUP = re.compile(r"\]\s*[(\[:]|!\[|<|>(?!\s)|://|www\.|mailto:|\\|`", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:>\s*)*(?:[-*+]|\d{1,2}[.)])\s+")
_RUN = re.compile(r"[!-~]+")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_EDGES = "\"'*_~.,;:!?()[]"
# Letters that are neither ASCII nor Japanese: some look like ASCII ones, and spell what nobody finds.
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u007f\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[\w-]*\s*$")
# What destroys or runs something must have been said by a person, whatever the sentence around it.
_DEED = re.compile(
    r"\b(?:rm|sudo|curl|wget|bash|sh|zsh|eval|exec|dd|mkfs|chmod|chown|kubectl|helm|docker|terraform|ansible"
    r"|ssh|scp|nc|python|perl|ruby|powershell|systemctl|kill|killall|pkill|shutdown|reboot|restart|halt"
    r"|drop|truncate|delete|remove|destroy|wipe|erase|purge|disable|stop|uninstall"
    r"|rollback|flush|reset|grant|ignore|password|token|secret|credentials)\b"
    r"|削除|消去|破棄|初期化|強制終了|停止|無効|再起動|切断|上書き|無視|実行|パスワード|トークン|秘密",
    re.IGNORECASE,
)


def objection(answer: str, draft: str, headings: Sequence[str]) -> str | None:
    """What is wrong with the answer, in English for the log; None where nothing is.

    ``draft`` is what was to be worded, its sections under these ``headings`` in this order.
    """
    sections, own = list(_sections(answer)), list(_sections(draft))
    return (
        _odd_text(answer, draft)
        or _odd_form(answer, sections, own, ["", *(f"## {heading}" for heading in headings)])
        or next(_strangers(sections, own, draft), None)
    )


@dataclass(frozen=True)
class _Section:
    """A heading with its lines, and whether each is Markdown; what stands before the first has none."""

    heading: str
    lines: list[tuple[str, bool]]

    @property
    def text(self) -> str:
        return "\n".join(line for line, _ in self.lines)


def _sections(text: str) -> Iterator[_Section]:
    section = _Section("", [])
    for line, is_markdown in outside_fences(text.split("\n")):
        if is_markdown and _HEADING.match(line):
            yield section
            section = _Section(line, [])
        else:
            section.lines.append((line, is_markdown))
    yield section


def _odd_text(answer: str, draft: str) -> str | None:
    if not answer.strip() or len(answer) > LONGER * len(draft) + MORE:
        return "it is empty or too long"
    if any(not sign.isprintable() for sign in answer if sign != "\n"):
        return "it holds signs that cannot be seen"
    if not set(_FOREIGN.findall(_ascii(answer))) <= set(draft):
        return "it holds letters of another script"
    return None


def _odd_form(
    answer: str, sections: Sequence[_Section], own: Sequence[_Section], wanted: Sequence[str]
) -> str | None:
    if not list(outside_fences([*answer.split("\n"), ""]))[-1][1]:
        return "a block of code does not end"
    if any([section.heading for section in each] != wanted for each in (sections, own)):
        return "its headings are others"
    if any(line.strip() for line, _ in sections[0].lines):
        return "it says something before its headings"
    return None


def _strangers(answer: Sequence[_Section], draft: Sequence[_Section], whole: str) -> Iterator[str]:
    """Code and deeds that the same section of the draft does not hold, words that none does, and markup.

    So no command moves from what somebody noted to what is to be done.
    """
    runs = set(_RUN.findall(_ascii(whole)))
    known = runs | {run.strip(_EDGES) for run in runs}
    for section, own in zip(answer, draft, strict=True):
        for line, is_markdown in section.lines:
            yield from _strange_code(line, own, is_markdown=is_markdown)
            text = _ITEM.sub("", _ascii(_CODE.sub(" ", line))) if is_markdown else ""
            if _MARKUP.search(text):
                yield f"{text[:60]!r} holds a link or markup"
            yield from _strange_words(text, known)
            deeds = {deed.lower() for deed in _DEED.findall(text)}
            for deed in sorted(deeds - {deed.lower() for deed in _DEED.findall(own.text)}):
                yield f"{deed!r} asks for something that this section of the draft does not say"


def _ascii(text: str) -> str:
    """Full-width letters and signs as the ASCII ones that they stand for."""
    return unicodedata.normalize("NFKC", text)


def _strange_code(line: str, own: _Section, *, is_markdown: bool) -> Iterator[str]:
    found = [code[0] for code in _CODE.finditer(line)] if is_markdown else [line.strip()]
    lines = {each.strip() for each, _ in own.lines}
    for code in found:
        is_there = code in own.text if is_markdown else code in lines or _FENCE.match(line)
        if not is_there:
            yield f"{code[:60]!r} is no code of this section of the draft"


def _strange_words(text: str, known: set[str]) -> Iterator[str]:
    for run in _RUN.findall(text):
        core = run.strip(_EDGES)
        if core and not _WORD.fullmatch(core) and not {core, run} & known:
            yield f"{core[:60]!r} is not in the draft"
