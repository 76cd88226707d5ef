"""`python -m worker.cli`, as the Makefile calls it."""

from worker.cli import app

app(prog_name="putokaz")
