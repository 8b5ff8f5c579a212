"""The manifest: what was written, and nothing that advgen would not write."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advgen import manifest, urls
from advgen.manifest import Entry, Manifest

ENTRIES = st.builds(
    Entry,
    st.from_regex(r"[a-z0-9]{1,8}(/[a-z0-9-]{1,8}){0,3}", fullmatch=True).filter(urls.is_path),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.integers(0, 2**53),
)


@given(st.lists(ENTRIES, unique_by=lambda entry: entry.path).map(lambda found: tuple(sorted(found, key=lambda entry: entry.path))))
def test_what_is_written_is_read_again(entries):
    assert manifest.decode(manifest.encode(manifest.of(entries))) == Manifest(1, entries)


def test_it_is_sorted_and_has_one_file_a_line():
    entries = (Entry("b.html", "0" * 64, 2), Entry("a.html", "1" * 64, 1))
    data = manifest.encode(manifest.of(entries))
    assert data == manifest.encode(manifest.of(entries[::-1]))
    lines = data.decode().splitlines()
    assert [json.loads(line.rstrip(","))["path"] for line in lines if '"path"' in line] == ["a.html", "b.html"]
    assert json.loads(data)["version"] == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data):
    assert manifest.decode(data) is None or isinstance(manifest.decode(data), Manifest)


@given(st.lists(st.text(max_size=30) | st.sampled_from(["../x", "/x", "a/../b", "con", ".git/config", "a//b"])))
def test_only_paths_that_a_site_can_have_are_left(paths):
    data = json.dumps({"version": 1, "files": [{"path": path, "sha256": "", "size": 0} for path in paths]}).encode("utf-8", "surrogatepass")
    assert manifest.decode(data).paths == frozenset(path for path in paths if urls.is_path(path))


@pytest.mark.parametrize(
    "data", [b"", b"null", b"[]", b"{}", b'{"files":{}}', b'{"name":"A web app","icons":[]}', b"[" * 100_000, b'{"files":' * 50_000]
)
def test_what_is_no_manifest_is_none(data):
    assert manifest.decode(data) is None
