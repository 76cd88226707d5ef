"""Who stands to which journey, open or closed: its team, and who holds a power of attorney in its proceedings."""
