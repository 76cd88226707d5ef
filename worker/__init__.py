"""The composition root: settings, processes, command line. Nothing else reads the environment."""
