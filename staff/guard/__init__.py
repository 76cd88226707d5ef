"""What stands before every page: host, origin, form token, security headers."""
