"""From the bytes of a document to text: expanded, decoded, never more than allowed."""
