"""The fault run: the whole system as processes, faults from a seed, a client that remembers every answer, an oracle.

    make soak ARGS="--minutes 60 --seed 7"

Black box: nothing in the system knows of it. Clients speak HTTP; faults are `kill -9`, cut, frozen and slow
connections, a mail server that refuses or is away, a full disk, a deleted Temporal database. Checkpoints are recognised
on the wire.
"""
