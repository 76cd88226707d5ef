"""The individual plan of services: goals, measures, progress, reviews."""
