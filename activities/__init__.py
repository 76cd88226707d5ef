"""What touches the world: the log, the vault, the mail server. Plain classes; the worker registers their methods."""
