"""The modules of this part; importing them registers its events, deciders and obligations."""

from domain.journey.hearing import arranging, correcting, dating, ending, folding, obligations

__all__ = ["arranging", "correcting", "dating", "ending", "folding", "obligations"]
