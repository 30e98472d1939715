"""What exists and what happened: records, events, refusals, rules, clock and ports; no I/O."""
