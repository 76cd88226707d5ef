"""Journeys told from beginning to end."""
