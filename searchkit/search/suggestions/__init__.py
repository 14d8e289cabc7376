"""What was meant, and how could one ask otherwise? Corrections, completions, advice."""
