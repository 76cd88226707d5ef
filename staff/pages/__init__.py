"""The pages: one module for each screen, and what several of them say in the same words."""
