"""Searching for clients: a process of its own that holds folded names, and how pages ask it.

Pages and workers never hold the names of all clients. The process answers over a socket in a folder that only its own
user can write to; what is asked travels in bodies, so that no name is in an address or a log of requests.
"""
