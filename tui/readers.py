"""The office's readers, which take longer to import than a key may take."""

import sys
from collections.abc import Callable
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import ThukyApp

_READERS = "office.followup_details"


def with_readers(app: "ThukyApp", then: Callable[[], None]) -> None:
    """Call `then` when the readers can be imported at no cost: now, or else, in the app's own
    thread, once another thread has imported them."""
    if _READERS in sys.modules:
        then()
        return

    def load() -> None:
        import_module(_READERS)
        app.call_later(then)

    Thread(target=load, name="readers", daemon=True).start()
