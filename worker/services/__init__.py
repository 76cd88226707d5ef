"""The processes: each runs until it is asked to stop, and lives through the absence of everything it works with.

Each has a module of its own and loads only what it needs: after a kill that is most of the time until it works again.
"""
