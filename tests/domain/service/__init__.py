"""Services: the chain, what interrupts it, and what is kept of it."""
