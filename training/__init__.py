"""Scripts that make the shipped weights. Not part of the package; see ``training/README.md``."""

import ctypes
import os
import sys

# Read when the OpenMP library loads: spinning threads fall to a tenth of their speed beside any other work.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")

if sys.platform == "linux":
    # Every step asks for the same memory again; handing it back to the system in between takes a third of the time.
    M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -2, -3, -8
    sizes = {M_MMAP_THRESHOLD: 32 << 20, M_TRIM_THRESHOLD: 2**31 - 1, M_TOP_PAD: 512 << 20, M_ARENA_MAX: 1}
    for option, size in sizes.items():
        ctypes.CDLL(None).mallopt(option, size)
