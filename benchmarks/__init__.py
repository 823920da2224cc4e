"""Commands that measure what the project claims; see ``benchmarks/README.md``."""
