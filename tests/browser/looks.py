"""What is looked at on any page: whether all of it can be seen, and whether it is put together as assistive technology needs it."""

from pathlib import Path

from playwright.sync_api import Page

_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8").rstrip()


def outside(page: Page) -> list[str]:
    """List what is cut, lies beside the window, or has room for single letters only."""
    return page.evaluate(f"{_SCRIPT}.outside()")


def overlaps(page: Page) -> list[str]:
    """List the texts that stand on each other."""
    return page.evaluate(f"{_SCRIPT}.overlaps()")


def flaws(page: Page) -> list[str]:
    """List what is wrong with headings, names, ids and links inside the page."""
    return page.evaluate(f"{_SCRIPT}.flaws()")


def moving(page: Page) -> list[str]:
    """List the elements that move, or change by and by."""
    return page.evaluate(f"{_SCRIPT}.moving()")


def sides(page: Page) -> list[tuple[str, str, str]]:
    """Give padding, margin and border of each element, at its left and at its right."""
    return [tuple(each) for each in page.evaluate(f"{_SCRIPT}.sides()")]


def style(page: Page, selector: str, name: str, part: str = "") -> str:
    """Give a computed value of the first element that a selector finds, or of its `::before` or `::after`."""
    return page.evaluate("([where, name, part]) => getComputedStyle(document.querySelector(where), part)[name]", [selector, name, part])
