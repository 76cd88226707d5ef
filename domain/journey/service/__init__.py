"""Part: services. One state for each occurrence of a service, with its chain, referrals, costs and feedback.

Importing `domain.journey.service.register` registers every part; this package itself imports nothing, since the state
of a journey holds what is defined here.
"""
