"""The modules of this part; importing them registers its events, deciders, obligations and titles."""

from domain.journey.hearing import ahead, arranging, correcting, dating, ending, folding, obligations
from domain.pathway import hearing_titles

__all__ = ["ahead", "arranging", "correcting", "dating", "ending", "folding", "hearing_titles", "obligations"]
