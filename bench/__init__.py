"""Benchmarks: how fast tollbook reads a varied corpus, next to other tools; ``python -m bench``."""
