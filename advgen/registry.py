"""A package of one-thing-per-file modules in, the constant that each of them defines out."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType


def members(package: ModuleType, constant: str) -> Iterator[tuple[ModuleType, object]]:
    """Yield each module of `package` with its `constant`, in the order of their names.

    Raises AttributeError, a bug, where a module lacks the constant.
    """
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        loaded = import_module(f"{package.__name__}.{module.name}")
        yield loaded, getattr(loaded, constant)
