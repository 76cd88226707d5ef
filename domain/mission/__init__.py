"""A field mission: a team that goes out, and whoever waits for its word. `kind` registers the parts."""
