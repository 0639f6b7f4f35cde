"""The cluster's folder, and `cluster.json` in it: everything that is known about the cluster.

    folder, binary            where it is, and which sandan runs
    database, nats            what a node is started with (with their passwords: the file is 0600)
    primary                   the name of the database that is written to
    members: {name: {kind, port, process: {pid, started} or null, …}}
    nodes: [{name, url}]
"""

import contextlib
import fcntl
import json
import os
import pathlib
import shutil
import socket
import subprocess


class Place:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.file = self.folder / "cluster.json"
        self.known = {}

    @contextlib.contextmanager
    def locked(self):
        """One command at a time changes the cluster; the file is written when it ends, however it ends."""
        with open(self.folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.file.exists():
                self.known = json.loads(self.file.read_text())
            try:
                yield self
            finally:
                self.save()

    def read(self):
        if not self.file.exists():
            raise SystemExit(f"there is no cluster in {self.folder}; `local-cluster up {self.folder}` starts one")
        self.known = json.loads(self.file.read_text())
        return self

    def save(self):
        new = self.file.with_suffix(".new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(self.known, out, indent=2, ensure_ascii=False)
            out.write("\n")
        new.replace(self.file)

    @property
    def members(self):
        return self.known["members"]

    def of_kind(self, kind):
        return {name: member for name, member in self.members.items() if member["kind"] == kind}

    def member(self, name):
        if name not in self.members:
            raise SystemExit(f"there is no {name}; there are {', '.join(self.members)}")
        return self.members[name]

    def home(self, name):
        return self.folder / name

    def log(self, name):
        return self.folder / f"{name}.log"


def free_ports(count):
    """Ports that are free now, all different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def answers(port):
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0


def find_binary(wanted, root):
    """The sandan that is to run: named, or as cargo built it, or on the path."""
    places = [wanted] if wanted else [root / "target/release/sandan", root / "target/debug/sandan",
                                      shutil.which("sandan")]
    for place in places:
        if place and os.access(place, os.X_OK):
            return str(pathlib.Path(place).resolve())
    raise SystemExit("no sandan to run: build it (`cargo build --release`) or name it with --binary")


def find_tool(name, root):
    """A tool as the tests find it: SANDAN_TEST_TOOLS, target/tools/bin, the path."""
    folders = [os.environ.get("SANDAN_TEST_TOOLS"), root / "target/tools/bin"]
    for folder in filter(None, folders):
        if os.access(pathlib.Path(folder) / name, os.X_OK):
            return str(pathlib.Path(folder) / name)
    found = shutil.which(name)
    if not found:
        raise SystemExit(f"{name} is missing: `tests/run` installs it into target/tools, or set SANDAN_TEST_TOOLS")
    return found


def run(command, **options):
    """Runs a command that must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        shown = " ".join(map(str, command[:1]))
        raise SystemExit(f"{shown} failed with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout
