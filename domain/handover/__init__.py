"""A hand-over: everything that a member of staff holds goes to others, one thing after the other, each with a receipt.

from domain.handover.kind import HANDOVER

It looks what they hold, asks each journey, contact and mission to let the successor take over, and looks again until
there is nothing left to be found. Each of these commands has an id that follows from the hand-over and the thing, so it
may be cut off at any moment, or begun anew from the log, and goes on where it was.
"""
