"""What can be done here and now: the one list that footer, palette and help are made of.

Actions are the bindings of the focused widget, its screen and the app that have a description.
A description is a Vietnamese msgid, translated when it is shown.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from tui.keys import show_key
from tui.words import _


class Action(NamedTuple):
    """An action of `node`, with the keys that run it, as Textual names them."""

    node: DOMNode
    action: str
    words: str
    keys: tuple[str, ...]
    shown: bool
    """Whether the footer names it."""

    @property
    def title(self) -> str:
        return _(self.words)

    @property
    def key(self) -> str:
        """The first of its keys that is one stroke, as a person knows it."""
        return show_key(min(self.keys, key=lambda key: " " in key))

    @property
    def all_keys(self) -> str:
        return ", ".join(map(show_key, self.keys))

    @property
    def of_app(self) -> bool:
        """Whether it is there on every screen."""
        return isinstance(self.node, App)


def actions(screen: Screen[object]) -> Sequence[Action]:
    """The actions that work on `screen` now, those of the focused widget first."""
    found: dict[tuple[DOMNode, str], Action] = {}
    node: DOMNode
    for key, (node, binding, enabled, _tooltip) in screen.active_bindings.items():
        described = binding.action, binding.description
        if not (enabled and binding.description and described in _ours(type(node))):
            continue
        action = binding.action
        if action.startswith("app."):
            node, action = screen.app, action.removeprefix("app.")
        _add(found, Action(node, action, binding.description, (key,), binding.show))
    return list(found.values())


@cache
def _ours(kind: type[DOMNode]) -> frozenset[tuple[str, str]]:
    """The actions that our own classes describe: Textual's words for its own are English."""
    ours = [cls for cls in kind.__mro__ if not cls.__module__.startswith("textual.")]
    found = (vars(cls).get("BINDINGS", ()) for cls in ours)
    return frozenset(
        (binding.action, binding.description)
        for bindings in found
        for binding in Binding.make_bindings(bindings)
    )


def _add(found: dict[tuple[DOMNode, str], Action], new: Action) -> None:
    """One action has all its keys, and the first words for it."""
    place = new.node, new.action
    if before := found.get(place):
        new = before._replace(keys=before.keys + new.keys, shown=before.shown or new.shown)
    found[place] = new
