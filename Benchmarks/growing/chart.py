"""A chart as SVG: panels with logarithmic axes, lines labelled where they end, readable on light and on dark."""

import math
from xml.sax.saxutils import escape

COLOURS = ["#3b82d0", "#d9730d", "#2f9e62", "#c2418f", "#8a63d2"]
WIDTH, HEIGHT = 338, 250          # of a panel
LEFT, RIGHT, TOP, BOTTOM = 48, 84, 34, 34
LABEL_HEIGHT = 13

STYLE = """
  text { font: 11px system-ui, sans-serif; fill: #333 }
  .title { font-size: 13px; font-weight: 600 }
  .grid { stroke: #999; stroke-opacity: .28; stroke-width: 1 }
  .axis { stroke: #888; stroke-width: 1 }
  .line { fill: none; stroke-width: 2 }
  .other { stroke-dasharray: 4 3; stroke-width: 1.3 }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } }
"""


class Line:
    """One quantity: points (x, y), both above zero; `dashed` for a companion of the line before, without a label."""

    def __init__(self, label, points, colour, dashed=False):
        self.label = label
        self.points = [(x, y) for x, y in points if x > 0 and y > 0]
        self.colour = COLOURS[colour % len(COLOURS)]
        self.dashed = dashed


class Panel:
    """A title with the unit, and lines."""

    def __init__(self, title, lines):
        self.title = title
        self.lines = [line for line in lines if line.points]


def ticks(low, high):
    """1, 2 and 5 times powers of ten within the bounds; only the powers when there would be many."""
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    fine = [digit * 10.0 ** exponent for exponent in exponents for digit in (1, 2, 5)]
    fine = [value for value in fine if low <= value * 1.000001 and value <= high * 1.000001]
    coarse = [value for value in fine if f"{value:e}".startswith("1.0")]
    return coarse if len(fine) > 7 and len(coarse) > 1 else fine


def figure(value):
    """A tick's number: 0.05, 2, 500, 5k."""
    if value >= 10_000:
        return f"{value / 1000:g}k"
    return f"{value:g}"


class Scale:
    """A logarithmic axis."""

    def __init__(self, values, start, end):
        self.low, self.high = min(values) * 0.93, max(values) * 1.07
        self.start, self.end = start, end

    def __call__(self, value):
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)


def spread(labels):
    """Moves labels (y, ...) apart, so that none covers another; rising by y."""
    placed = sorted(labels, key=lambda label: label[0])
    heights = [label[0] for label in placed]
    for _ in range(50):
        for index in range(1, len(heights)):
            overlap = LABEL_HEIGHT - (heights[index] - heights[index - 1])
            if overlap > 0:
                heights[index - 1] -= overlap / 2
                heights[index] += overlap / 2
    return [(height, *label[1:]) for height, label in zip(heights, placed)]


def panel(content, left, top, xs):
    """The SVG of one panel."""
    across = Scale(xs, left + LEFT, left + WIDTH - RIGHT)
    up = Scale([y for line in content.lines for _, y in line.points], top + HEIGHT - BOTTOM, top + TOP)
    right, bottom = left + WIDTH - RIGHT, top + HEIGHT - BOTTOM
    out = [f'<text class="title" x="{left + 8}" y="{top + 18}">{escape(content.title)}</text>']
    for value in ticks(up.low, up.high):
        y = up(value)
        out.append(f'<line class="grid" x1="{left + LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
        out.append(f'<text x="{left + LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{figure(value)}</text>')
    for value in xs:
        x = across(value)
        out.append(f'<line class="grid" x1="{x:.1f}" y1="{top + TOP}" x2="{x:.1f}" y2="{bottom}"/>')
        out.append(f'<text x="{x:.1f}" y="{bottom + 15}" text-anchor="middle">{figure(value)}</text>')
    out.append(f'<line class="axis" x1="{left + LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}"/>')
    labels = []
    for line in content.lines:
        points = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in line.points)
        name = "line other" if line.dashed else "line"
        out.append(f'<polyline class="{name}" stroke="{line.colour}" points="{points}"/>')
        if not line.dashed:
            out += [f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="2.5" fill="{line.colour}"/>'
                    for x, y in line.points]
            labels.append((up(line.points[-1][1]), line.label, line.colour))
    for y, label, colour in spread(labels):
        style = f"fill:{colour};font-weight:600"
        out.append(f'<text x="{right + 8}" y="{y + 4:.1f}" style="{style}">{escape(label)}</text>')
    return out


def svg(panels, xs, caption, columns=3):
    """The whole chart; `xs` are the values on every panel's horizontal axis."""
    rows = math.ceil(len(panels) / columns)
    width, height = columns * WIDTH, rows * HEIGHT + 26
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           f'role="img" aria-label="{escape(caption)}">', f"<style>{STYLE}</style>"]
    for index, content in enumerate(panels):
        out += panel(content, index % columns * WIDTH, index // columns * HEIGHT, xs)
    out.append(f'<text x="8" y="{height - 8}">{escape(caption)}</text>')
    return "\n".join([*out, "</svg>", ""])
