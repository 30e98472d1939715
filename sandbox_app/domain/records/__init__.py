"""Frozen records of everything a user pool holds; field names are the Cognito API's, snake_cased."""
