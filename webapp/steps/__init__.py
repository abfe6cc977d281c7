"""The steps of a journey, one file each, as values; what two of them share is a builder beside them."""
