"""Forms derived from the shape of their command: the address names the part, the command says what is still to ask.

returning.py: derive(BeginReturn, RETURNING, possible=…, hearing=one_of(…))
"""
