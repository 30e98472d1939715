"""`userpool-sandbox doctor`: looks at everything that a sandbox needs and changes nothing."""
