"""The rules of the product as plain values and pure functions: no clock, no chance, no network."""
