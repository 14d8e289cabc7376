"""How is an index kept well? In step with its files, checked, read when it is damaged, its names renewed."""
