"""What `tests.e2e.forked` has imported before it forks: all that syncing ever imports."""

import encodings.idna
import json
import logging.handlers
import socket
import tempfile

import loro
import nacl.bindings
import sqlite_utils
import zstandard

import sync.check
import sync.engine
import sync.enrol
import sync.lock
import sync.pairing
import sync.service
import sync.status
import tui.cli.root
import tui.cli.sync
import tui.cli.upkeep
import tui.log
import tui.main

_ = (
    *(encodings.idna, json, logging.handlers, socket, tempfile),
    *(loro, nacl.bindings, sqlite_utils, zstandard),
    *(sync.check, sync.engine, sync.enrol, sync.lock, sync.pairing, sync.service, sync.status),
    *(tui.cli.root, tui.cli.sync, tui.cli.upkeep, tui.log, tui.main),
)

# Whoever asks to be let in looks for the answer every second otherwise.
tui.cli.sync.LOOK_SECONDS = 0.01
