"""The domain's endpoints and pages, one step per function: request in, outcome out."""
