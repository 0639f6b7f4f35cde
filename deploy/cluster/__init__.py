"""A cluster of plain processes on one machine: what `deploy/local-cluster` is made of."""
