"""The rules: pure functions over events. Imports the standard library, pydantic and holidays, nothing else."""
