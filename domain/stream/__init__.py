"""What every kind of stream has in common: deciders, folding, obligations with their ladders, commands for others.

A kind (`domain.journey`, and those of `domain.streams`) is a state with parts; each part registers its deciders and how
its events fold. Nothing here knows what any of them is about.
"""
