"""What is in the file of a segment, and how is it read and written?"""
