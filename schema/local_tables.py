"""The tables that each machine keeps for itself, as the SQL that makes them.

`change` is the record of every written cell. `base` holds the stamps (`hlc.device`, one or several
with spaces between) of what the writer had seen of that cell and wrote over, or, for `deleted_at`,
had seen of the row, up to that write of its device (after a `=`, that write only): that tells a
concurrent edit from a later one. `log` is the device in whose log the change travels, or
`snapshot`, or nothing while it is only here. `clock.applying` is 1 inside the transaction that
applies other machines' changes. `replacing` tells the triggers of one statement whether it is a
REPLACE.

The tables after `local_setting` are those of `sync`:

- `log_position`: how far each device's log is applied here; for this device, how far it is surely
  in the folder
- `outgoing`: sealed files on their way to the folder
- `pending_cell`: what came and cannot be a cell yet: of a newer version, or not of the cell's type
- `conflict_cell`: cells that were once written at two places unseen by each other, or nearly
- `sync_problem`: what keeps something from arriving or leaving
- `agreement`: until when another device was seen to hold the same as this one
- `caret`: where people's cursors are in texts that are open now, here and (`device`) elsewhere
"""

LOCAL_SQL = (
    """CREATE TABLE IF NOT EXISTS clock (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        hlc INTEGER NOT NULL DEFAULT 0,
        device TEXT NOT NULL,
        applying INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS change (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        tbl TEXT NOT NULL,
        row TEXT NOT NULL,
        col TEXT NOT NULL,
        val ANY,
        hlc INTEGER NOT NULL,
        device TEXT NOT NULL,
        base TEXT,
        log TEXT
    ) STRICT""",
    "CREATE UNIQUE INDEX IF NOT EXISTS change_cell ON change (row, col, hlc, device, tbl)",
    "CREATE INDEX IF NOT EXISTS change_unsent ON change (seq) WHERE log IS NULL",
    """CREATE TABLE IF NOT EXISTS replacing (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        now INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS local_setting (
        id TEXT PRIMARY KEY NOT NULL,
        value TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS log_position (
        device TEXT PRIMARY KEY NOT NULL,
        last INTEGER NOT NULL,
        head BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS outgoing (
        last INTEGER PRIMARY KEY,
        path TEXT NOT NULL,
        head BLOB NOT NULL,
        data BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS pending_cell (
        tbl TEXT NOT NULL,
        row TEXT NOT NULL,
        col TEXT NOT NULL,
        val ANY,
        hlc INTEGER NOT NULL,
        device TEXT NOT NULL,
        base TEXT,
        log TEXT NOT NULL,
        PRIMARY KEY (row, col, hlc, device, tbl)
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS conflict_cell (
        tbl TEXT NOT NULL,
        row TEXT NOT NULL,
        col TEXT NOT NULL,
        PRIMARY KEY (tbl, row, col)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS sync_problem (
        reason TEXT NOT NULL,
        path TEXT NOT NULL,
        device TEXT NOT NULL,
        detail TEXT NOT NULL,
        since TEXT NOT NULL,
        PRIMARY KEY (reason, path)
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS agreement (
        device TEXT PRIMARY KEY NOT NULL,
        at TEXT NOT NULL,
        differs TEXT
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS caret (
        id TEXT PRIMARY KEY NOT NULL,
        text TEXT NOT NULL,
        anchor BLOB NOT NULL,
        name TEXT NOT NULL,
        device TEXT NOT NULL,
        at INTEGER NOT NULL
    ) STRICT""",
)
