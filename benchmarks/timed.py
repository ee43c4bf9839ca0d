"""Runs one command, and prints its cost as JSON: `python timed.py LOG COMMAND...`

It is a small process of its own, since Linux counts the parent's memory towards the peak of a new process,
and `wait4` reports one child with all the descendants that it has waited for.
"""

import json
import os
import sys
import time

log, *command = sys.argv[1:]
started = time.monotonic()
child = os.posix_spawnp(
    command[0],
    command,
    os.environ,
    file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ],
)
_, status, usage = os.wait4(child, 0)
print(
    json.dumps(
        {
            "exit": os.waitstatus_to_exitcode(status),
            "user": usage.ru_utime,
            "system": usage.ru_stime,
            "wall": time.monotonic() - started,
            "peak": usage.ru_maxrss / 1024,
        }
    )
)
