"""Faults in modules that cannot be imported yet: each is planted as soon as its module has been.

For the sitecustomize of a folder beside this one: at that moment Django is not set up.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

Plant = Callable[[Any], None]
_planted: dict[str, Plant] = {}


def spoils(name: str) -> Callable[[Plant], Plant]:
    """Call the function with this module as soon as it has been imported."""

    def register(plant: Plant) -> Plant:
        _planted[name] = plant
        return plant

    return register


class _Finder(importlib.abc.MetaPathFinder):
    """Lets the usual finders find a module, then spoils it."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in _planted:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            execute, plant = spec.loader.exec_module, _planted[name]

            def and_spoil(module: ModuleType) -> None:
                execute(module)
                plant(module)

            spec.loader.exec_module = and_spoil  # type: ignore[method-assign]
        return spec


sys.meta_path.insert(0, _Finder())
