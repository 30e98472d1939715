"""Userpool Sandbox: a desktop stand-in for an Amazon Cognito user pool that explains itself."""

__version__ = "0.1.0"
