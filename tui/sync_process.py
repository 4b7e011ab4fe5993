"""The process that the app starts to sync, `python -m tui.sync_process DATABASE --with-parent`: as
`python -m sync`, and it gives official numbers where this machine holds the register."""

import sys
from pathlib import Path

from sync.__main__ import WITH_PARENT, main
from tui.numbering import AfterRound

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), with_parent=WITH_PARENT in sys.argv[2:], after=AfterRound()))
