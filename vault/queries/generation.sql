SELECT value FROM vault.generation
