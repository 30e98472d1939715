"""CloudFormation templates as seeds: read with line numbers, resolved, applied as one change."""
