"""Which documents are there, which reader reads each, and what keeps it in bounds?"""
