"""An HTTP Archive from elsewhere, read to be compared with and for nothing else."""
