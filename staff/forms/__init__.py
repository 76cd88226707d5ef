"""Forms: fields as data, what a person entered, and one module for each group of actions."""
