"""Any bytes, and real files with some bytes changed: nothing falls over. `make fuzz` does the same for long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, found, seeds

TOKENS = (
    *(
        b"---\n",
        b"\n",
        b": ",
        b"- ",
        b"[",
        b"]",
        b"{",
        b"}",
        b'"',
        b"'",
        b"#",
        b"&a",
        b"*a",
        b"!!x ",
        b"| ",
        b">",
        b"`",
        b"```",
        b"<",
        b"\\",
    ),
    *(
        b"\t",
        b"\r",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xae",
        b"\xed\xa0\x80",
        b"%00",
        b"9" * 400,
        b"2026-11-20",
        b">= 1, < 2",
        b"0" * 20,
    ),
)


def changed(seed: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Put other bytes in some places."""
    for at, length, data in changes:
        start = at % (len(seed) + 1)
        seed = seed[:start] + data + seed[start + length :]
    return seed


def inputs(name: str) -> st.SearchStrategy[bytes]:
    change = st.tuples(st.integers(0, 100_000), st.integers(0, 30), st.sampled_from(TOKENS) | st.binary(max_size=6))
    return st.binary(max_size=400) | st.builds(changed, st.sampled_from(seeds(name)), st.lists(change, min_size=1, max_size=6))


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_taken(name):
    @settings(max_examples=200)
    @given(inputs(name))
    def take(data: bytes) -> None:
        TARGETS[name](data)

    take()


@pytest.mark.parametrize("name", TARGETS)
def test_what_went_wrong_once_is_taken(name):
    for data in found(name):
        TARGETS[name](data)
