"""Small programs that make a checkout usable; standard library only."""
