"""What people look at: the dashboard, the reconciliation pack, and who may see what."""
