"""NATS servers with JetStream, on the settings of deploy/nats/nats.conf."""

import pathlib
import shutil
import signal
import urllib.request

from . import processes
from .place import find_tool


def environment(place, name):
    member = place.members[name]
    routes = ", ".join(f'"nats://127.0.0.1:{other["cluster_port"]}"' for other in place.of_kind("nats").values())
    return {
        "NATS_NAME": name,
        "NATS_LISTEN": f'"127.0.0.1:{member["port"]}"',
        "NATS_MONITOR": f'"127.0.0.1:{member["monitor_port"]}"',
        "NATS_CLUSTER_LISTEN": f'"127.0.0.1:{member["cluster_port"]}"',
        "NATS_ROUTES": f"[{routes}]",
        "NATS_STORE": f'"{place.home(name)}"',
        "NATS_STORE_MAX": "4GB",
        "NATS_PASSWORD": place.known["password"],
    }


def start(place, name):
    root = pathlib.Path(place.known["root"])
    config = root / "deploy/nats/nats.conf"
    if len(place.of_kind("nats")) == 1:
        config = _alone(place, config)
    place.home(name).mkdir(mode=0o700, exist_ok=True)
    command = [find_tool("nats-server", root), "-c", str(config)]
    member = place.members[name]
    member["process"] = processes.spawn(command, place.folder, place.log(name), environment(place, name))


def wait_until_up(place, name):
    member = place.members[name]
    url = f"http://127.0.0.1:{member['monitor_port']}/healthz"

    def is_up():
        if not processes.is_alive(member["process"]):
            raise SystemExit(f"{name} ended at its start; see {place.log(name)}")
        try:
            return urllib.request.urlopen(url, timeout=2).status == 200
        except OSError:
            return False

    processes.wait_until(f"{name} is healthy", is_up)


def snapshot(place, name):
    """A copy of its store as it lies on the disk, as a snapshot of the disk would be."""
    process = place.members[name]["process"]
    was_running = processes.is_alive(process) and not processes.is_paused(process)
    if was_running:
        processes.send(process, signal.SIGSTOP)
    try:
        copy = place.folder / f"{name}.snapshot"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(place.home(name), copy)
    finally:
        if was_running:
            processes.send(process, signal.SIGCONT)


def put_back(place, name):
    """The store as it was at the last `snapshot`. The server must not run."""
    copy = place.folder / f"{name}.snapshot"
    if not copy.exists():
        raise SystemExit(f"there is no copy of {name}'s store yet: take one with `snapshot {name}`")
    shutil.rmtree(place.home(name), ignore_errors=True)
    shutil.copytree(copy, place.home(name))


def url(place, ports=None):
    ports = ports or [member["port"] for member in place.of_kind("nats").values()]
    return ",".join(f"nats://sandan:{place.known['password']}@127.0.0.1:{port}" for port in ports)


def _alone(place, config):
    """A server without peers has no cluster: with one it would wait for a majority for ever."""
    alone = place.folder / "nats.conf"
    alone.write_text(config.read_text().partition("\ncluster {")[0])
    return alone
