"""Frozen records of all that a user pool holds; fields are the Cognito API's, snake_cased."""
