"""After the interview: a session's folder in; words, figures, the report and comparisons out."""
