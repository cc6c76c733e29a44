"""Writes a brief from a job posting and a resume."""
