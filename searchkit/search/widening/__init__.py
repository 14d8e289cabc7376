"""What else is written for what was asked? Acronyms and long forms, spellings, other languages."""
