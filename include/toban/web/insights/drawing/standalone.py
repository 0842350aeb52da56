"""A chart as a document of its own, for a picture: with its colours, which on a page the style sheet has."""

from markupsafe import escape

# The light theme's, as in static/insights.css: pictures go into slides and chats.
STYLE = """
text { font: 11.5px IPAexGothic, sans-serif; fill: #667085 }
.title { font-size: 14px; fill: #1a212c }
.grid { stroke: #dfe3ea; fill: none }
.bar { fill: #b9c1cd; opacity: 0.55 }
.hit { fill: none }
.line { fill: none; stroke-width: 2.2 }
.mark { stroke: #5b4a9e; stroke-width: 1.5; stroke-dasharray: 2 4; fill: none }
.mark-label { fill: #5b4a9e }
.s1 { stroke: #0b5cad } .s2 { stroke: #5b7fa6 } .s3 { stroke: #a8480c; stroke-dasharray: 5 4 }
.f1 { fill: #0b5cad } .f2 { fill: #5b7fa6 } .f3 { fill: #a8480c }
"""
HEAD = 26  # above the chart: its title, and which line is which


def standalone(chart: str, width: int, height: int, title: str, lines: tuple[str, ...]) -> str:
    """The SVG document; ``lines`` are the names of the chart's lines, in order."""
    legend, x = [], width
    for number, name in reversed(list(enumerate(lines, 1))):
        x -= 46 + 12 * len(name)
        line = f'<path class="line s{number}" d="M{x} 14H{x + 22}"/>'
        legend.append(f'{line}<text x="{x + 28}" y="18">{escape(name)}</text>')
    inner = str(chart).replace("<svg ", f'<svg width="{width}" height="{height}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height + HEAD}" width="{width}" '
        f'height="{height + HEAD}"><style>{STYLE}</style><rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text class="title" x="8" y="18">{escape(title)}</text>{"".join(legend)}'
        f'<g transform="translate(0 {HEAD})">{inner}</g></svg>'
    )
