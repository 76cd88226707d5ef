"""What happens in the invented journeys, by kind of situation; offsets are days from today, negative ones past."""
