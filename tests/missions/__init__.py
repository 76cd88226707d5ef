"""Missions on real parts: claims raced, models filled, timers woken."""
