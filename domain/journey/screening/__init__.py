"""Part: screening. Coded answers to a form of the pathway; each form that was saved stays as it was.

No score and no verdict: what the answers mean is for people to say.
"""
