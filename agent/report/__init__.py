"""Draws report.html from analysis.json, a pure function."""
