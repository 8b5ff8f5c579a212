"""Options of the tests."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("advgen", deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
settings.load_profile("advgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files anew instead of comparing with them")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are written anew."""
    return bool(request.config.getoption("--update"))
