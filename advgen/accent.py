"""The site's accent → the colours of its links, one for light and one for dark: the accent itself, or the nearest shade that can be read.

Lightness alone is changed, in OKLCH (CSS Color 4 §9.2), whose hue is what people see: mixed with white, blue would turn into violet. Chroma
goes down only where sRGB has no such colour. Conversions and fitting are coloraide's: own code for them would be longer than this module.
"""

import re
from bisect import bisect_left

DEFAULT_ACCENT = "#0b57a4"
"""What the shipped sheet begins with; its shade for dark was chosen by hand, and is lighter than it has to be."""
LIGHT = ("#ffffff", "#f5f6f8", "#eef8f2", "#fff7e3")
DARK = ("#14161a", "#1c1f25", "#14251c", "#2b2410")
"""The grounds of the shipped sheet in each scheme; a test holds them against it."""
LEAST = 4.5
"""The contrast of text with its ground, WCAG 2.2 §1.4.3."""

_STEPS = 1024
"""From the lightness of the accent to black or white; one is finer than `#rrggbb` can tell."""


def rule(accent: str) -> str:
    """Give the line of CSS that sets the accent; nothing for the default.

    >>> rule("#ffcc00")
    ':root { --accent: light-dark(#8a6d00, #ffcc00); }'
    """
    if accent.lower() == DEFAULT_ACCENT:
        return ""
    light, dark = shades(accent)
    return f":root {{ --accent: light-dark({light}, {dark}); }}"


def shades(accent: str) -> tuple[str, str]:
    """Give what can be read of a colour (`#rrggbb` or `#rgb`) on every light ground, and on every dark one; as `#rrggbb`.

    >>> shades("#c2185b")
    ('#c2185b', '#f14e80')
    """
    return _shade(accent, LIGHT, end=0.0), _shade(accent, DARK, end=1.0)


def _shade(accent: str, grounds: tuple[str, ...], *, end: float) -> str:
    """Go from the accent towards black (0.0) or white (1.0) as far as it has to be."""
    from coloraide import Color  # noqa: PLC0415 - 60 ms to import

    given = Color(accent).convert("srgb").to_string(hex=True)
    if _is_readable(given, grounds):
        return given
    lightness, chroma, hue = Color(accent).convert("oklch").coords()

    def shade(step: int) -> str:
        found = Color("oklch", [lightness + (end - lightness) * step / _STEPS, chroma, hue])
        return found.convert("srgb").fit(method="oklch-chroma", jnd=0).to_string(hex=True)

    # Found in few tries, and what is found was itself held against the grounds.
    return shade(bisect_left(range(_STEPS), 1, key=lambda step: _is_readable(shade(step), grounds)))


def _is_readable(colour: str, grounds: tuple[str, ...]) -> bool:
    return all(_contrast(colour, ground) >= LEAST for ground in grounds)


def _contrast(colour: str, ground: str) -> float:
    darker, lighter = sorted((_luminance(colour), _luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Weigh the channels as WCAG 2.2 rounds the weights; exact ones, as coloraide has, differ where a checker draws the line."""
    from coloraide import Color  # noqa: PLC0415 - as above

    red, green, blue = Color(colour).convert("srgb-linear").coords()
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def written(text: str) -> str:
    """Give a colour that is written in another way as `#rrggbb`, without its opacity; nothing for what is none.

    >>> written("rgb(11, 87, 164)"), written("blue"), written("#0b57a480"), written("0b57a4"), written("bleu")
    ('#0b57a4', '#0000ff', '#0b57a4', '#0b57a4', '')
    """
    from coloraide import Color  # noqa: PLC0415 - as above

    if text.isdigit() or not re.fullmatch(r"#?[0-9A-Za-z]{3,30}|(rgb|hsl)a?\([0-9,.%/ ]{5,50}\)", text):
        return ""
    found = Color.match(text, fullmatch=True) or Color.match(f"#{text}", fullmatch=True)
    return found.color.convert("srgb").fit().to_string(hex=True, alpha=False) if found and found.color.alpha() else ""
