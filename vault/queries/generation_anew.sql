-- By the clock, so that no number is given twice: a restored vault knows not how far the lost one had counted.
UPDATE vault.generation SET value = greatest(value + 1, extract(epoch FROM clock_timestamp())::bigint)
