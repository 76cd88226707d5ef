"""Benchmarks: each of our parts beside the bare part below it, in the same interleaved run (`python -m benchmarks`)."""
