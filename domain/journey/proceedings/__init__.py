"""Part: legal proceedings, criminal and civil: their course, terms and limitation, powers of attorney, court fees.

`part` imports every module of it; this one imports none, since the state of a journey names the state of this part.
"""
