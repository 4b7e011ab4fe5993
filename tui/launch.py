"""Opening the app from a command line."""

import gc
import os

from schema.errors import N_, ThukyError
from tui.arguments import Common
from tui.cli import streams


def open_app(common: Common, minutes: str | None = None) -> int:
    """Open the app, perhaps in the minutes of the meeting whose id starts with `minutes`.

    Returns its exit code. Raises ThukyError, with nothing touched, where there is no terminal.
    """
    # Textual draws on standard error.
    if not streams.at_terminal():
        raise ThukyError(
            N_(
                "Không có màn hình dòng lệnh để mở chương trình: đầu vào hoặc đầu ra đang nối "
                "vào nơi khác. Chưa động vào gì; các lệnh khác: thuky --help."
            )
        )
    # Importing makes objects by the ten thousand and garbage by none; `ThukyApp` turns it on again.
    gc.disable()
    path = common.path()
    if minutes is not None:
        from schema.records import Meeting
        from schema.store import Store
        from tui.cli.rows import live_row

        with Store(path) as store:
            minutes = live_row(store, Meeting, minutes).id
    # Textual draws at most so often a second; at its 60 a key may wait 17 ms for its turn.
    os.environ.setdefault("TEXTUAL_FPS", "250")
    from tui.app import ThukyApp

    app = ThukyApp(path, open_minutes=minutes)
    app.run()
    streams.flush_or_silence()
    return app.return_code or 0
