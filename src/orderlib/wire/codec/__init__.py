"""JSON for every public type: strict, closed, versioned, with every fault at its address."""
