"""Processes that outlive the script that started them.

Each is known by its number *and* its start time, so that a number that was given out again is never signalled. Only
processes that were recorded here, and the children of these, are ever touched.
"""

import os
import pathlib
import signal
import subprocess
import time

PATIENCE_SECONDS = 60


def wait_until(what, condition, seconds=PATIENCE_SECONDS):
    """Waits until `condition` holds; the error names `what`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"gave up after {seconds} s: {what}")
        time.sleep(0.05)


def _stat(pid):
    """State, parent and start time (ticks since boot), or None."""
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()
    return fields[0], int(fields[1]), int(fields[19])


def identity(pid):
    """What a process is recorded as."""
    found = _stat(pid)
    return None if found is None else {"pid": pid, "started": found[2]}


def is_alive(process):
    """Whether the recorded process still runs. A dead one that nobody has reaped does not."""
    found = process and _stat(process["pid"])
    return bool(found) and found[0] not in "ZX" and found[2] == process["started"]


def spawn(command, folder, log, environment=None):
    """Starts a process of its own session, with its output at the end of `log`."""
    with open(log, "ab") as output:
        child = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            env={**os.environ, **(environment or {})}, start_new_session=True)
    return identity(child.pid)


def family(process):
    """The process and its children, itself first: Postgres works in its children."""
    pid = process["pid"]
    children = []
    for entry in os.listdir("/proc"):
        found = entry.isdigit() and _stat(entry)
        if found and found[1] == pid and found[0] not in "ZX":
            children.append({"pid": int(entry), "started": found[2]})
    return [process, *children]


def send(process, number):
    """Signals the process and its children. The first goes first, so that it makes no new ones meanwhile."""
    if not is_alive(process):
        return
    if number in (signal.SIGTERM, signal.SIGINT):
        os.kill(process["pid"], number)
        return
    if number == signal.SIGKILL:
        # Stopped first, or it would have time to notice the loss of a child and to tidy up.
        os.kill(process["pid"], signal.SIGSTOP)
    for member in family(process):
        if is_alive(member):
            os.kill(member["pid"], number)


def kill(process):
    """Ends it as a loss of power would, and waits until it and its children are gone."""
    if not is_alive(process):
        return
    members = family(process)
    send(process, signal.SIGKILL)
    wait_until(f"process {process['pid']} is killed", lambda: not any(map(is_alive, members)))


def stop(process, number=signal.SIGTERM):
    """Asks it to end and waits; one that does not is killed."""
    if not is_alive(process):
        return
    send(process, signal.SIGCONT)
    send(process, number)
    end = time.monotonic() + PATIENCE_SECONDS
    while is_alive(process) and time.monotonic() < end:
        time.sleep(0.05)
    kill(process)


def is_paused(process):
    found = _stat(process["pid"])
    return bool(found) and found[0] == "T"
