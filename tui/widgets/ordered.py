"""Keys acted on in the order in which they came.

Textual inserts a letter as soon as the widget gets it, but runs a binding only after the key has
bubbled to the app; so of "a, Backspace, b" in one packet both letters come before the Backspace
(Textualize/textual #6605), and UniKey, which sends such packets, types wrong words. A widget that
takes letters therefore runs its own bindings itself, at once, in its own `_on_key`.
"""

import unicodedata

from textual import events
from textual.widget import Widget


def typed(event: events.Key) -> str:
    """The character that a key types; "" for a command, a control key, or Alt with a letter."""
    char = event.character or ""
    is_command = not char or event.key.startswith("alt+") or unicodedata.category(char[0]) == "Cc"
    return "" if is_command else char


async def run_own_binding(widget: Widget, event: events.Key) -> bool:
    """Run what `widget` itself binds to the key, now; False when it has nothing to do with it."""
    for binding in widget._bindings.key_to_bindings.get(event.key, ()):
        if await widget.app.run_action(binding.action, widget):
            event.stop()
            event.prevent_default()
            return True
    return False


def hand_on(widget: Widget, event: events.Key) -> bool:
    """Give a key to the widget that has the focus by now; False when `widget` still has it.

    After a Tab the letters of the same packet are in the old widget's queue.
    """
    focused = widget.screen.focused
    if focused is None or focused is widget:
        return False
    event.stop()
    event.prevent_default()
    focused._forward_event(event.copy())
    return True
