"""Scripts that make the shipped weights. Not part of the package; see ``training/README.md``."""

import os

# Read when the OpenMP library loads: spinning threads fall to a tenth of their speed beside any other work.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")
