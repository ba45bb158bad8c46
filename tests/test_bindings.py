"""Every key of the interface says what it does: an id to change it by, a name, a tooltip."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import app
import screens
import widgets


def _classes() -> Iterator[type[DOMNode]]:
    for package in (screens, widgets):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    ours = ("app", "screens.", "widgets.")
    todo: list[type[DOMNode]] = [DOMNode]
    while todo:
        todo.extend(todo[0].__subclasses__())
        one = todo.pop(0)
        if one.__module__.startswith(ours) and "BINDINGS" in vars(one):
            yield one


BINDINGS = [
    pytest.param(binding, id=f"{one.__name__}: {binding.key} {binding.action}")
    for one in _classes()
    for binding in Binding.make_bindings(one.BINDINGS)
]


def test_the_bindings_are_found() -> None:
    assert app.DubanApp in set(_classes())
    assert len(BINDINGS) > 100


@pytest.mark.parametrize("binding", BINDINGS)
def test_every_binding_has_an_id_and_a_tooltip(binding: Binding) -> None:
    assert binding.id
    assert binding.tooltip


@pytest.mark.parametrize("binding", BINDINGS)
def test_every_binding_that_is_shown_has_a_name(binding: Binding) -> None:
    assert binding.description or not binding.show
