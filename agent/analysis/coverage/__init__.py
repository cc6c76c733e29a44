"""Which talking points were made, with the quote."""
