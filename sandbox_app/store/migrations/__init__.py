"""The steps that lead from an empty file to the newest schema, run by name in order."""
