"""The life of an order, from enquiry to closure, as a pure domain library."""

__version__ = "0.1.0"
