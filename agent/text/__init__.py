"""What a text is made of: words, numbers and names, each found in one place."""
