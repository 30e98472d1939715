"""The pool's own verbs, named as in the Cognito API; one function per operation.

Each takes the `Core` and a request in API shape (`{"UserPoolId": …}`, as boto3 sends it) and
returns the API's response shape. Errors are the API's named exceptions.
"""
