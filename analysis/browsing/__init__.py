"""The event browser: decisions with their cause and effect, and refusals that are decided again."""
