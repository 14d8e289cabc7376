"""What is shown of an article, and what is marked in it?"""
