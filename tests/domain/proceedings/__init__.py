"""Legal proceedings, with their terms."""
