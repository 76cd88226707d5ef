"""The attendance of a member of staff: at work, absent with a cover, or left. Its stream is `staff-<id>`.

from domain.attendance.kind import STAFF
"""
