-- The installer gives a vault its first generation; the backup has one of its own.
DELETE FROM vault.generation
