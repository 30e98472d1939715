"""What lies between an editor and the operations: records as requests, and drafts tried out."""
