"""Exports: the log and the read models as files that other organisations' tools accept, as known at a position.

A format is a `Maker`: pieces of bytes, each with a cursor to go on from. `making.py` puts them into a file that can be
interrupted and resumed; what leaves the house of an event is said in `shapes.py`, once for all formats.
"""
