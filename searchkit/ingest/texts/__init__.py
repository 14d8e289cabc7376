"""What in a text is text, and what is furniture, markup or the end of a printed line?"""
