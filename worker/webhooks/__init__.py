"""The follower of the log that tells partner systems: what is to be sent, sending it, and the book of both."""
