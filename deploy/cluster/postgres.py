"""Two databases, `postgres` and `standby`: a primary and its synchronous standby, in whichever roles.

Settings are those of deploy/postgres/sandan.conf, made smaller where one machine holds everything.
"""

import glob
import os
import pathlib
import shutil
import signal
import stat

from . import processes
from .place import answers, run

NAMES = ("postgres", "standby")
SMALLER = """
shared_buffers = 64MB
effective_cache_size = 512MB
maintenance_work_mem = 64MB
max_wal_size = 1GB
min_wal_size = 128MB
wal_keep_size = 256MB
"""


def program(name):
    """Postgres' program, of the newest version that is installed, from 15 on."""
    folder = os.environ.get("SANDAN_TEST_POSTGRES")
    versions = glob.glob("/usr/lib/postgresql/*/bin")
    newest = max(versions, key=lambda path: int(path.split("/")[4]), default=None)
    found = os.path.join(folder or newest or "", name)
    if not (folder or newest) or not os.access(found, os.X_OK):
        raise SystemExit(f"{name} is missing: install postgresql-15, or set SANDAN_TEST_POSTGRES to its bin folder")
    return found


def as_user(command):
    """As root Postgres refuses to serve: it runs as the user `postgres` then."""
    drop = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    return [*drop, *command]


def give(path):
    if os.geteuid() == 0:
        shutil.chown(path, "postgres", "postgres")


def reachable(folder):
    """As root, the user `postgres` must be able to come to the cluster's folder."""
    closed = [parent for parent in [folder, *folder.parents] if not parent.stat().st_mode & stat.S_IXOTH]
    if os.geteuid() == 0 and closed:
        raise SystemExit(f"the user postgres can't enter {closed[-1]}: choose a folder elsewhere, such as below /tmp")


def create(place, password):
    """A new primary."""
    home = _new_home(place, "postgres")
    secret = home / "password"
    secret.write_text(password)
    give(secret)
    run(as_user([program("initdb"), "-D", home / "data", "-U", "sandan", "-A", "scram-sha-256", "--pwfile", secret,
                 "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]), cwd=home)
    secret.unlink()
    with open(home / "data/pg_hba.conf", "a") as rules:
        rules.write("host replication sandan 127.0.0.1/32 scram-sha-256\n")


def configure(place, name, sync_with=None):
    """Writes its settings. `sync_with`: who must confirm what it commits, while it is the primary."""
    root, home, member = pathlib.Path(place.known["root"]), place.home(name), place.members[name]
    other = next((other for other in NAMES if other != name and other in place.members), None)
    settings = (root / "deploy/postgres/sandan.conf").read_text() + SMALLER
    settings += f"listen_addresses = '127.0.0.1'\nport = {member['port']}\nunix_socket_directories = ''\n"
    settings += f"synchronous_standby_names = '{sync_with or ''}'\n"
    if other:
        port, password = place.members[other]["port"], place.known["password"]
        settings += (f"primary_conninfo = 'host=127.0.0.1 port={port} user=sandan password={password} "
                     f"application_name={name}'\n")
    file = home / "postgresql.conf"
    file.write_text(settings)
    file.chmod(0o600)
    give(file)


def start(place, name):
    """Starts it; one that is no longer the primary comes back as a standby, from a fresh copy."""
    member = place.members[name]
    if place.known["primary"] != name and not member["follows"]:
        become_standby(place, name)
    home = place.home(name)
    command = [program("postgres"), "-D", home / "data", "-c", f"config_file={home}/postgresql.conf"]
    _forget_dead(home)
    member["process"] = processes.spawn(as_user(list(map(str, command))), home, place.log(name))
    wait_until_up(place, name)


def wait_until_up(place, name):
    member = place.members[name]

    def is_up():
        if not processes.is_alive(member["process"]):
            raise SystemExit(f"{name} ended at its start; see {place.log(name)}")
        return answers(member["port"]) and sql(place, name, "SELECT 1", check=False) == "1"

    processes.wait_until(f"{name} answers", is_up)


def become_standby(place, name):
    """A copy of the present primary, and the primary waits for it from then on."""
    primary, home = place.known["primary"], _new_home(place, name)
    environment = {**os.environ, "PGPASSWORD": place.known["password"]}
    run(as_user([program("pg_basebackup"), "-h", "127.0.0.1", "-p", str(place.members[primary]["port"]), "-U",
                 "sandan", "-D", home / "data", "--checkpoint=fast", "-X", "stream", "--no-sync"]),
        cwd=home, env=environment)
    (home / "data/standby.signal").touch()
    give(home / "data/standby.signal")
    configure(place, name)
    place.members[name]["follows"] = True


def require_standby(place):
    """From now on the primary confirms nothing that the standby does not have."""
    primary = place.known["primary"]
    other = next(name for name in NAMES if name != primary)
    configure(place, primary, sync_with=other)
    sql(place, primary, "SELECT pg_reload_conf()")
    asked = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
    processes.wait_until("the standby is synchronous", lambda: sql(place, primary, asked, check=False) == "1")


def promote(place):
    """The standby takes over. The old primary is ended first: two of them would be two histories."""
    old = place.known["primary"]
    new = next((name for name in NAMES if name != old and name in place.members), None)
    if not new or not place.members[new]["follows"] or not processes.is_alive(place.members[new]["process"]):
        raise SystemExit("there is no standby that runs")
    processes.kill(place.members[old]["process"])
    place.members[old]["process"] = None
    configure(place, new)
    run(as_user([program("pg_ctl"), "promote", "-D", place.home(new) / "data", "-w"]), cwd=place.home(new))
    place.known["primary"] = new
    place.members[new]["follows"] = place.members[old]["follows"] = False
    processes.wait_until(f"{new} takes writes",
                         lambda: sql(place, new, "SELECT pg_is_in_recovery()", check=False) == "f")
    sql(place, new, "SELECT pg_reload_conf()")


def stop(place, name):
    processes.stop(place.members[name]["process"], signal.SIGINT)


def sql(place, name, statement, check=True):
    """One value. Without `check`, an empty word where it can't be had."""
    command = [program("psql"), "-h", "127.0.0.1", "-p", str(place.members[name]["port"]), "-U", "sandan", "-d",
               "postgres", "-Atqc", statement]
    environment = {**os.environ, "PGPASSWORD": place.known["password"], "PGCONNECT_TIMEOUT": "5"}
    try:
        return run(command, env=environment).strip()
    except SystemExit:
        if check:
            raise
        return ""


def url(place, database="sandan", ports=None):
    """What a node is started with: both hosts, and whichever takes writes."""
    ports = ports or [place.members[name]["port"] for name in NAMES if name in place.members]
    hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
    which = "?target_session_attrs=read-write" if len(ports) > 1 else ""
    return f"postgres://sandan:{place.known['password']}@{hosts}/{database}{which}"


def _new_home(place, name):
    home = place.home(name)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    give(home)
    return home


def _forget_dead(home):
    """A killed server leaves its mark; where its number was given out again, the new one would not start."""
    mark = home / "data/postmaster.pid"
    if mark.exists():
        mark.unlink()
