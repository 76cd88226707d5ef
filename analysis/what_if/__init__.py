"""What-if: the recorded history under rules that were not in force, without writing anything."""
