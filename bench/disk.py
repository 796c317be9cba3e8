"""How often a second the disk keeps 4 KiB for good: write, fdatasync, one after the other.

Usage: disk.py FOLDER SECONDS
Prints two rates: at the end of a growing file, and in place within a file that exists (what a write-ahead log does once
it has been round).
"""

import os
import sys
import time

PAGE = b"x" * 4096
N_PAGES = 1024


def rate(place, seconds, offset):
    """Syncs per second; `offset` tells where the n-th page goes."""
    n, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        os.pwrite(place, PAGE, offset(n))
        os.fdatasync(place)
        n += 1
    return n / (time.perf_counter() - began)


folder, seconds = sys.argv[1], float(sys.argv[2])
path = os.path.join(folder, "disk-probe")
place = os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600)
growing = rate(place, seconds, lambda n: n * 4096)
os.pwrite(place, PAGE * N_PAGES, 0)
os.fsync(place)
in_place = rate(place, seconds, lambda n: n % N_PAGES * 4096)
os.close(place)
os.unlink(path)
print(f"{growing:.0f} {in_place:.0f}")
