"""What people type on their way in."""
