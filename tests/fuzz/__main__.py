"""Feed a target for long: `python -m tests.fuzz advisory -runs=1000000`. What it falls over goes to `tests/fuzz/found/`."""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["advgen", "markdown_it", "univers", "tomllib"]):
    from tests.fuzz.targets import FOUND, TARGETS, seeds


def main() -> None:
    """Run atheris."""
    name, *options = sys.argv[1:]
    begin = Path(tempfile.mkdtemp(prefix="advgen-fuzz-"))
    for number, data in enumerate(seeds(name)):
        (begin / str(number)).write_bytes(data)
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    options = ["-max_len=4096", "-timeout=20", "-rss_limit_mb=4096", f"-artifact_prefix={FOUND / name}/", *options]
    atheris.Setup([sys.argv[0], *options, str(begin)], TARGETS[name])
    atheris.Fuzz()


main()
