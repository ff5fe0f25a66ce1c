"""Draws what stands on a terminal's screen as an SVG that loads nothing, legible on light and on dark."""

from html import escape

WIDTH, HEIGHT, SIZE = 8.4, 20, 14
MARGIN = 18
PAPER, EDGE, INK = "#0d1117", "#3d444d", "#e6edf3"
#: ANSI parameters as fills; each has a contrast of at least 7 : 1 on the paper.
FILLS = {"31": "#ff9492", "32": "#56d364", "33": "#e3b341", "36": "#56d4dd"}


def style(tone):
    """The attributes of a stretch in a tone such as `1;31`."""
    parts = tone.split(";") if tone else []
    fill = next((FILLS[part] for part in parts if part in FILLS), None)
    unknown = [part for part in parts if part not in FILLS and part != "1"]
    if unknown:
        raise SystemExit(f"no picture for the tone {tone}")
    return (f' fill="{fill}"' if fill else "") + (' font-weight="700"' if "1" in parts else "")


def stretches(row):
    """The row's stretches of one tone without blanks at their ends: column, text, tone."""
    found, column = [], 0
    while column < len(row):
        tone, end = row[column][1], column
        while end < len(row) and row[end][1] == tone:
            end += 1
        text = "".join(character for character, _ in row[column:end])
        # Wide gaps part a stretch: they are places, not text.
        place = column
        for piece in text.split("  "):
            bare = piece.strip(" ")
            if bare:
                found.append((place + piece.index(bare), bare, tone))
            place += len(piece) + 2
        column = end
    return found


def draw(screen, title):
    """The SVG of a screen; `title` says to whoever cannot see it what it shows."""
    rows = screen.rows
    while rows and not "".join(character for character, _ in rows[-1]).strip():
        rows = rows[:-1]
    width = round(screen.columns * WIDTH + 2 * MARGIN)
    height = len(rows) * HEIGHT + 2 * MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">',
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="9" fill="{PAPER}" '
        f'stroke="{EDGE}"/>',
        f'<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" '
        f'font-size="{SIZE}" fill="{INK}" xml:space="preserve">',
    ]
    for number, row in enumerate(rows):
        y = MARGIN + number * HEIGHT + 15
        for column, text, tone in stretches(row):
            x = round(MARGIN + column * WIDTH, 1)
            # Whatever font there is, each stretch takes the columns that it has.
            length = round(len(text) * WIDTH, 1)
            lines.append(
                f'<text x="{x:g}" y="{y}" textLength="{length:g}" lengthAdjust="spacingAndGlyphs"'
                f'{style(tone)}>{escape(text, quote=False)}</text>')
    return "\n".join(lines + ["</g>", "</svg>"]) + "\n"
