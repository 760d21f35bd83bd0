"""A throw-away cluster: started by the first, shared, stopped by the last."""

import subprocess
import sys
import time

import pytest

from launcher import needs, postgres
from launcher.cluster import Cluster

USER = """
import sys, time
from pathlib import Path
from launcher.cluster import Cluster
from launcher.paths import Checkout
print(Cluster(Checkout(Path(sys.argv[1]))).join(), flush=True)
time.sleep(60)
"""


def ask(cluster, sql):
    """One value from the database."""
    psql = postgres.fit()[0].bin / "psql"
    words = [psql, "-XAtq", "-h", cluster.socket(), "-p", postgres.PORT, "-U", postgres.SUPERUSER]
    return subprocess.run(
        [*words, "-d", postgres.DATABASE, "-c", sql], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.skipif(not needs._has_server(), reason="no PostgreSQL with PostGIS here")
def test_a_cluster_lives_as_long_as_its_users(checkout):
    cluster = Cluster(checkout)
    assert cluster.join() == f"postgis://sp@/{checkout.var}/postgres/run/social_planet"
    assert ask(cluster, "SHOW listen_addresses") == "\n"
    assert cluster.home.data.stat().st_uid == cluster.home.uid != 0

    # A second user keeps it up; killing that one is enough to stop it.
    other = subprocess.Popen(
        [sys.executable, "-c", USER, str(checkout.root)], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline().startswith("postgis://")
    other.stdout.close()
    cluster.leave()
    assert cluster.is_running
    assert ask(cluster, "SELECT 1") == "1\n"
    other.kill()
    other.wait()
    deadline = time.monotonic() + 10
    while cluster.is_running and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not cluster.is_running
    assert not (cluster.home.data / "postmaster.pid").exists()

    # It starts again with the same data, and stops when the last one leaves.
    cluster.join()
    cluster.leave()
    assert not cluster.is_running
