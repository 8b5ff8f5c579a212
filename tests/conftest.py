"""Options of the tests."""

import os
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

from advgen import console

for name in console.CI:  # in which `check` shows less
    os.environ.pop(name, None)

settings.register_profile("advgen", deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
settings.load_profile("advgen")


collect_ignore = [] if find_spec("playwright") else ["browser"]
"""`make test-browser` installs what those need."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files anew instead of comparing with them")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are written anew."""
    return bool(request.config.getoption("--update"))
