SELECT datname FROM pg_database WHERE datname = ANY (%s)
