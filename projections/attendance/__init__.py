"""Who is absent and until when, who covers for them, who has left."""
