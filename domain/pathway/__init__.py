"""Pathways are data: a published version never changes, and a journey pins name, version and sha256 (design §3)."""
