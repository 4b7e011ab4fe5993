"""The process that syncs one database until it is asked to end: `python -m sync DATABASE`.

The app starts it where no service runs; `thuky sync run` is the same for people.
"""

import sys
from pathlib import Path

from schema.errors import ThukyError
from sync.lock import AlreadySyncing
from sync.service import Service
from sync.watch import terminate_on_signals


def main(database: Path) -> int:
    service = Service(database)
    terminate_on_signals(service.stop)
    try:
        service.run()
    except AlreadySyncing:
        return 0
    except ThukyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
