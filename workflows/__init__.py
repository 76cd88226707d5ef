"""Durable time and order, and no rules: these workflows sleep, fire and keep order (design §2)."""
