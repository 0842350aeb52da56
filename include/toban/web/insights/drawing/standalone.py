"""A drawing as a document of its own, for a picture: with the colours that a style sheet has on a page."""

import re
from collections.abc import Sequence

from markupsafe import escape

from toban.web.insights.drawing.letters import cut, drawable, width

# The light theme's, as in static/insights.css: pictures go into slides and chats.
STYLE = """
text { font: 11.5px IPAexGothic, sans-serif; fill: #667085 }
.title { font-size: 14px; fill: #1a212c }
.grid { stroke: #dfe3ea; fill: none }
.bar { fill: #b9c1cd; opacity: 0.55 }
.hit { fill: none }
.line { fill: none; stroke-width: 2.2 }
.mark { stroke: #5b4a9e; stroke-width: 1.5; stroke-dasharray: 2 4; fill: none }
.mark-label { fill: #5b4a9e; paint-order: stroke; stroke: #ffffff; stroke-width: 3px }
.s1 { stroke: #0b5cad } .s2 { stroke: #5b7fa6 } .s3 { stroke: #a8480c; stroke-dasharray: 5 4 }
.f1 { fill: #0b5cad } .f2 { fill: #5b7fa6 } .f3 { fill: #a8480c }
.name { font-size: 12px; fill: #4a5464 } .cell { font-size: 12px; fill: #1a212c }
.note { font-size: 10.5px; fill: #667085 }
.good { fill: #146c43 } .warn { fill: #8a5300 } .bad { fill: #b3261e }
.h0 { fill: #eef0f4 } .h1 { fill: #dde8f4 } .h2 { fill: #b6cee6 } .h3 { fill: #85aed6 } .h4 { fill: #4a86c2 }
.h5 { fill: #0b5cad } .in { fill: #1a212c } .on-dark { fill: #ffffff }
.weekend { fill: #eef0f4 } .now { stroke: #b3261e; stroke-width: 2; fill: none }
.gap rect { fill: #fbe7e5; stroke: #b3261e; stroke-dasharray: 4 3 } .gap text { fill: #b3261e }
.who text { fill: #1a212c } .who rect { fill-opacity: 0.2 }
.who-0 rect { fill: #0b5cad; stroke: #0b5cad } .who-1 rect { fill: #a8480c; stroke: #c26a2e }
.who-2 rect { fill: #146c43; stroke: #2c8a5e } .who-3 rect { fill: #5b4a9e; stroke: #7a69bd }
.who-4 rect { fill: #b08222; stroke: #b08222 } .who-5 rect { fill: #993366; stroke: #b5527f }
.who-6 rect { fill: #2a7f8e; stroke: #2a8f9e } .who-7 rect { fill: #667080; stroke: #8590a0 }
.kind-business { fill: #7aa7d6 } .kind-off { fill: #d9a441 } .kind-sleep { fill: #6b4fa0 }
"""
HEAD, FOOT = 44, 22  # above: its title, which line is which, and what it is of; below: what is left out
NARROWEST = 360  # so that a title has room


def standalone(
    drawing: str,
    title: str,
    *,
    beside: str = "",
    lines: Sequence[str] = (),
    note: str = "",
) -> str:
    """The SVG document; ``lines`` are the names of a chart's lines, in order, ``note`` stands below."""
    own, height = _size(drawing)
    wide = max(own, NARROWEST)
    legend, free = _legend(lines, wide)
    inner = str(drawing).replace("<svg ", f'<svg width="{own}" height="{height}" ', 1)
    tall = HEAD + height + (FOOT if note else 0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" '
        f'height="{tall}"><style>{STYLE}</style><rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text class="title" x="8" y="18">{escape(cut(drawable(title), 14, free - 16))}</text>{legend}'
        f'<text x="8" y="36">{escape(cut(drawable(beside), 11.5, wide - 16))}</text>'
        f'<g transform="translate(0 {HEAD})">{inner}</g>'
        f'<text x="8" y="{HEAD + height + 14}">{escape(note)}</text></svg>'
    )


def _size(drawing: str) -> tuple[int, int]:
    """Width and height, as its own first tag says."""
    found = re.match(r'<svg viewBox="0 0 (\d+) (\d+)"', drawing)
    if found is None:
        raise ValueError("a drawing begins with its size")
    return int(found[1]), int(found[2])


def _legend(lines: Sequence[str], right: float) -> tuple[str, float]:
    """The lines' names, and where they begin."""
    drawn = []
    for number, name in reversed(list(enumerate(lines, 1))):
        right -= 46 + width(name, 11.5)
        line = f'<path class="line s{number}" d="M{right:.0f} 14H{right + 22:.0f}"/>'
        drawn.append(f'{line}<text x="{right + 28:.0f}" y="18">{escape(name)}</text>')
    return "".join(drawn), right
