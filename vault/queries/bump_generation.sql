UPDATE vault.generation SET value = value + 1
