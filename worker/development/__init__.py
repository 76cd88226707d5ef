"""The development stack: embedded PostgreSQL, Temporal's dev server and our processes, from one command.

Nothing in here runs in production: there PostgreSQL and Temporal are given by address (``DATABASE_URL``,
``TEMPORAL_ADDRESS``) and each of our processes is started by the container engine.
"""
