"""The domain, without any of the world around it."""
