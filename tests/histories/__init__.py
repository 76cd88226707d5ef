"""Histories of real workflows, kept for ever: a change of workflow code has to replay every one of them."""
