"""Every example in a docstring does what it shows."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import searchkit

MODULES = sorted(found.name for found in pkgutil.walk_packages(searchkit.__path__, "searchkit.")
                 if not found.name.endswith("__main__"))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    module = import_module(name)
    assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert sum(len(test.examples) for name in MODULES for test in finder.find(import_module(name))) >= 90
