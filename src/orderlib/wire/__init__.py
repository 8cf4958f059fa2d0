"""Orders in and out as bytes: JSON, UBL, logs; limits on hostile input."""
