"""Webhooks against a real server on this machine, a real log and a real vault."""
