"""Enquiry."""
