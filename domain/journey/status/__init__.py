"""Part: formal status, the state's. Apart from our assistance, which never depends on it (domain.md §1.2)."""
