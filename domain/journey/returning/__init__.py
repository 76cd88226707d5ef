"""Part: returns, in both directions, and coming back for a while to testify.

`part` imports every module of it; this one imports none, since the state of a journey names the state of this part.
"""
