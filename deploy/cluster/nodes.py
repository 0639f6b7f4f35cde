"""Nodes of sandan, and each one's cable."""

import os
import sys
import urllib.request

from . import link, nats, postgres, processes
from .place import answers


def start_link(place, name):
    """The proxy between a node and its services."""
    member = place.members[name]
    behind = [place.members[other]["port"] for other in member["behind"]]
    pairs = [f"{near}:{far}" for near, far in zip(member["ports"], behind)]
    member["process"] = processes.spawn([sys.executable, link.__file__, *pairs], place.folder, place.log(name))
    processes.wait_until(f"{name} carries", lambda: all(map(answers, member["ports"])))


def environment(place, name):
    """The services' addresses, through the environment, so that `ps` does not show their password."""
    member = place.members[name]
    databases = nats_ports = None
    if cable := place.members.get(member.get("link")):
        ports = dict(zip(cable["behind"], cable["ports"]))
        databases = [port for other, port in ports.items() if other in postgres.NAMES]
        nats_ports = [port for other, port in ports.items() if other not in postgres.NAMES]
    return {
        "SANDAN_DATABASE": postgres.url(place, ports=databases),
        "SANDAN_NATS": nats.url(place, ports=nats_ports),
        "SANDAN_NODE": name,
        "SANDAN_DATA": str(place.home(name)),
        "SANDAN_LISTEN": f"127.0.0.1:{member['port']}",
        "SANDAN_ATTACHMENTS": str(place.folder / "attachments"),
        # One machine is one address: the limit a minute and address is for residents.
        "SANDAN_WRITES_PER_MINUTE": os.environ.get("SANDAN_WRITES_PER_MINUTE", "1000000"),
    }


def start(place, name, binary=None):
    member = place.members[name]
    member["binary"] = binary or member.get("binary") or place.known["binary"]
    place.home(name).mkdir(mode=0o700, exist_ok=True)
    member["process"] = processes.spawn(
        [member["binary"], "serve"], place.folder, place.log(name), environment(place, name))


def is_ready(place, name):
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{place.members[name]['port']}/readyz", timeout=5).status == 200
    except OSError:
        return False


def wait_until_ready(place, name):
    member = place.members[name]

    def ready():
        if not processes.is_alive(member["process"]):
            raise SystemExit(f"{name} ended at its start; see {place.log(name)}")
        return is_ready(place, name)

    processes.wait_until(f"{name} is ready", ready)
