"""Tests of pathways: files, checks, drawings, and the published ones."""
