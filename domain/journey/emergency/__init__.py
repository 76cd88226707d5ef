"""Part: emergency access. Somebody whose case it is not opens it for an hour, two people are told, one of them reviews.

`access` decides, owes and folds; `state` is what a journey knows of it. What an open access allows is for
`domain.rights` to say.
"""
