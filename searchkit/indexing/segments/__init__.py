"""What is in the file of a segment, and how is it read and written?"""

from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
"""How all of it is held: arrays of numpy, of the kind and shape that is said where they are read."""
