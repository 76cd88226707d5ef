"""Pages and API on a real log, real read models and a real vault; only Temporal is left out."""
