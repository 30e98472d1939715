"""The Cognito API's named exceptions, raised by operations and rendered by every face.

The class name is the `__type` on the wire. `field` ties the error to a request member, so that
an editor can mark it and a template can name the line; `path` leads further into that member, in
the API's own spelling: `schema.2.member.attributeDataType`.
"""


class ApiError(Exception):
    """A request turned down by an operation; the message is the real service's own where known."""

    status = 400

    def __init__(self, message: str, *, field: str | None = None, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.path = path

    @property
    def code(self) -> str:
        """The name that SDKs see, such as `InvalidParameterException`."""
        return type(self).__name__


class InvalidParameterException(ApiError):
    """A member is missing, malformed or does not go with another."""


class ResourceNotFoundException(ApiError):
    """The pool, client, group or other resource is not there."""


class ResourceConflictException(ApiError):
    """Something else in the workspace already has that name."""


class UsernameExistsException(ApiError):
    """A user with that name, or with that e-mail address or phone number, is already there."""


class AliasExistsException(ApiError):
    """Another user verified that e-mail address or phone number first."""


class UserNotFoundException(ApiError):
    """The pool has no such user."""


class InvalidPasswordException(ApiError):
    """The password breaks the pool's policy."""


class NotAuthorizedException(ApiError):
    """The caller may not do that."""


class LimitExceededException(ApiError):
    """A quota is used up."""


class CodeMismatchException(ApiError):
    """The confirmation code is not the one that was sent."""


class ExpiredCodeException(ApiError):
    """No confirmation code is awaited, or it expired."""


class GroupExistsException(ApiError):
    """The pool already has a group of that name."""


class InvalidOAuthFlowException(ApiError):
    """The OAuth flows do not go with the client's other settings."""


class ScopeDoesNotExistException(ApiError):
    """A scope that no resource server of the pool defines."""


class InvalidUserPoolConfigurationException(ApiError):
    """The pool's settings contradict one another."""


class UnsupportedUserStateException(ApiError):
    """The user's status rules the request out."""


class UnsupportedOperationException(ApiError):
    """The pool's settings rule the request out."""
