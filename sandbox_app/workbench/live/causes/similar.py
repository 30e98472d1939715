"""What a misspelt name was meant to be."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

_ALIKE = 0.8
_LONGEST = 200
_MOST = 2_000

_CALLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "client_id": ("clientid", "appid", "appclientid", "userpoolclientid", "client"),
        "redirect_uri": ("redirecturi", "redirecturl", "callback", "callbackurl", "redirect"),
        "response_type": ("responsetype", "type"),
        "grant_type": ("granttype", "grant", "type"),
        "code": ("authorizationcode", "authcode"),
        "refresh_token": ("refreshtoken", "token", "refresh"),
        "logout_uri": ("logouturi", "logouturl", "signouturi", "signouturl", "returnto"),
        "token": ("refreshtoken", "accesstoken"),
        "code_challenge": ("codechallenge", "challenge"),
    }
)
"""Parameters by what other people call them, without case, dashes and underscores."""


_OWN_NAMES = frozenset(
    {
        *_CALLED,
        *("scope", "state", "nonce", "prompt", "login_hint", "resource", "lang"),
        *("code_challenge_method", "code_verifier", "response_mode", "client_secret"),
        *("identity_provider", "idp_identifier", "token_type_hint", "id_token_hint"),
        *("username", "password", "_csrf", "cognitoAsfData"),
    }
)
"""Parameters that mean something themselves, so that none stands in another's place by accident."""


def misspelt(wanted: str, sent: Iterable[str]) -> str:
    """The parameter that was sent in place of the one wanted; empty where none was."""
    called = _CALLED.get(wanted, ())
    names = [name for name in sent if name not in _OWN_NAMES or name in called]
    plain = {_plain(name): name for name in reversed(names)}
    for other in (_plain(wanted), *called):
        if other in plain:
            return plain[other]
    return closest(wanted, names)


def closest(text: str, known: Iterable[str]) -> str:
    """The known text most like this one; empty where none is much alike."""
    if not text or len(text) > _LONGEST:
        return ""
    candidates = list(known)[:_MOST]
    return next(iter(get_close_matches(text, candidates, n=1, cutoff=_ALIKE)), "")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
