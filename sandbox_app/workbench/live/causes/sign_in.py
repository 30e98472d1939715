"""Refusals of the sign-in page, and of the sandbox's own door (LG-2, HU-…, US-S…)."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations.lockout import FREE_TRIES, is_locked
from sandbox_app.operations.sign_in_names import folded, looks_like_email
from sandbox_app.workbench.live.causes import places
from sandbox_app.workbench.live.causes.authorize import no_domain
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Found, Place
from sandbox_app.workbench.live.causes.fixes import (
    ANEW,
    confirm_user,
    enable_flow,
    enable_provider,
    enable_user,
    possible,
    unlock,
    verify,
)
from sandbox_app.workbench.live.causes.similar import closest, misspelt
from sandbox_app.workbench.live.causes.statuses import asked_to_reset, old_password, still_temporary

_OURS = ("xsrf-token", "sandbox-csrf")
_NAMES_SHOWN = 5


def csrf(case: Case) -> Found:
    """LG-2: form and cookie do not belong together."""
    cookies = _cookies(case.header("cookie"))
    form_has_one = bool(case.sent.get("_csrf"))
    if not any(name.lower() in _OURS for name in cookies):
        return Found(tuple(_no_cookie(case, cookies)))
    if not form_has_one:
        advice = "A script has to copy the cookie's value, or the page's hidden field, into _csrf."
        return Found((Cause("The form came without _csrf.", advice),))
    if "sandbox-csrf" not in cookies:
        advice = "A script has to send back the cookies of the very page that _csrf is taken from."
        return Found((Cause("Form and cookie are of two pages.", advice),))
    if cookies.get("XSRF-TOKEN") not in (None, cookies["sandbox-csrf"]):
        return Found(
            (
                Cause(
                    "Another program on this host sets a cookie XSRF-TOKEN as well.",
                    "Angular, Axios and Laravel do; it need not hurt, since sandbox-csrf counts "
                    "too: reload the page.",
                ),
            )
        )
    return Found(
        (
            Cause(
                "The page is older than the browser's last sign-in, perhaps in another tab.",
                "Each sign-in brings a new token: reload the page.",
            ),
        )
    )


def _no_cookie(case: Case, cookies: Mapping[str, str]) -> Iterator[Cause]:
    shown_at = _shown_at(case)
    if shown_at:
        yield Cause(
            f"The form was shown at {shown_at} and came to {case.detail.origin}.",
            "localhost and 127.0.0.1, http and https have cookies of their own: keep to one.",
        )
        return
    if cookies:
        names = ", ".join(sorted(cookies)[:_NAMES_SHOWN])
        yield Cause(f"The browser sent cookies, but not this one: {names}.")
    else:
        yield Cause(
            "The browser sent no cookie at all.",
            "It may block them, be in a frame of another site, or be a script without a jar.",
        )


def _shown_at(case: Case) -> str:
    """The other origin that the form was shown under; empty where it was this one."""
    scheme, _, rest = (case.header("referer") or case.header("origin")).partition("://")
    pages = (one for one in reversed(case.earlier) if one.step == "login" and one.method == "GET")
    shown = (case.core.store.traffic.detail(page.id) for page in pages)
    origins = (
        f"{scheme}://{rest.partition('/')[0]}" if rest else "",
        *(page.origin for page in shown if page is not None),
    )
    known = next(filter(None, origins), "")
    return known if known != case.detail.origin else ""


def stale_form(case: Case) -> Found:
    """HU-G8."""
    if case.check.got.startswith("no form"):
        advice = "Send the form to the very address it was shown under, query included."
        return Found((Cause("The query is not the one the form was shown with.", advice),))
    return Found(
        (
            Cause(
                "The page stood open for more than five minutes.",
                "Reload it; a script has to fetch the form anew for each try.",
            ),
        )
    )


def no_provider(case: Case) -> Found:
    """HU-5-6."""
    client = case.client
    if client is None:
        return Found()
    name = client.client_name
    if "COGNITO" in (client.supported_identity_providers or ("COGNITO",)):
        return Found(settled=f"{name} lets the pool's own users sign in now.")
    fixes = possible(case.core, enable_provider(client, "COGNITO"))
    words = f"{name} leaves the pool's own users out, and no provider is simulated yet."
    return Found((Cause(words),), fixes)


def empty(case: Case) -> Found:
    """HU-4.1-2."""
    if not {"username", "password"} & case.sent.keys():
        words = "The form came without its fields username and password."
        return Found((Cause(words, "They are named so, letter by letter."),))
    field = "username" if "user name" in case.check.got else "password"
    if field in case.sent:
        return Found((Cause(f"The field {field} was left empty."),))
    other = misspelt(field, case.sent)
    words = f"{other} was sent in its place." if other else f"The field {field} did not come."
    return Found((Cause(words, f"The field is named {field}, letter by letter."),))


def locked(case: Case) -> Found:
    """HU-4.1-3."""
    user = case.user
    if user is None:
        return Found()
    place = places.of_user(case, "Enabled")
    if not is_locked(user.lockout, case.core.timestamp()):
        return Found(place=place, settled=f"The lock on {user.username} is over.")
    words = f"{user.lockout.failures} wrong passwords in a row; from the {FREE_TRIES}th each locks."
    cause = Cause(words, "The lock doubles with every further try, up to 15 minutes.")
    return Found((cause,), possible(case.core, unlock(user)), place)


def unknown_user(case: Case) -> Found:
    """HU-4.1-5: whom the typed name may have meant."""
    pool, typed = case.pool, case.check.got or case.exchange.username
    if pool is None or not typed:
        return Found()
    if case.user is not None:
        return Found(place=places.of_user(case), settled=f"{typed} is a user of the pool now.")
    users = case.core.store.users
    for attribute in ("email", "phone_number"):
        found = users.page(pool.id, limit=1, where=(attribute, "=", typed))
        if found:
            return _by_attribute(found[0], attribute, case)
    other_case = users.find(pool.id, typed.lower()) or users.find(pool.id, typed.capitalize())
    if other_case is not None and pool.case_sensitive:
        words = f"{other_case.username} is meant: in this pool upper and lower case count."
        return Found((Cause(words),), place=_at(other_case))
    if users.get(pool.id, typed) is not None and not pool.username_attributes:
        return Found((Cause("This is a sub; people sign in with their user name."),))
    return Found(tuple(_elsewhere(typed, case)))


def _by_attribute(user: User, attribute: str, case: Case) -> Found:
    pool = case.pool
    assert pool is not None, "asked for in a pool"
    place = _at(user, f"Attributes.{attribute}")
    name = user.username
    if attribute not in pool.alias_attributes and attribute not in pool.username_attributes:
        words = f"{name} has this {attribute}, but nobody signs in with it in this pool."
        advice = "What counts as a name is chosen when a pool is made."
        return Found((Cause(words, advice),), place=place)
    verified = user.attributes.get(f"{attribute}_verified") == "true"
    if not verified:
        words = f"{name} has this {attribute}, but it is not verified and so no name yet."
        return Found((Cause(words),), possible(case.core, verify(user, attribute)), place)
    words = f"{name} has this {attribute}, but another user verified it later."
    return Found((Cause(words),), place=place)


def _elsewhere(typed: str, case: Case) -> Iterator[Cause]:
    core, pool = case.core, case.pool
    for other in core.store.pools.all():
        if pool is not None and other.id != pool.id:
            found = core.store.users.find(other.id, folded(other, typed))
            if found is not None:
                yield Cause(
                    f"{found.username} is a user of the pool {other.name}.",
                    f"This client belongs to {pool.name}.",
                )
    near = _nearly(typed, case)
    if near:
        yield Cause(f"{near} is a user of the pool: perhaps a slip of the finger.")
    elif looks_like_email(typed) and pool is not None and "email" in pool.username_attributes:
        yield Cause("Nobody in the pool has this e-mail address.")
    else:
        yield Cause("Nobody in the pool has this name, address or number.")


def _nearly(typed: str, case: Case) -> str:
    """Somebody whose name begins alike; asked of an index, since a pool may be large."""
    pool = case.pool
    if pool is None:
        return ""
    key, users = folded(pool, typed), case.core.store.users
    for size in (len(key) - 1, len(key) - 2, len(key) // 2):
        begins = key[: max(1, size)]
        found = users.page(pool.id, limit=50, where=("username", "^=", begins))
        near = closest(typed, [user.username for user in found])
        if near:
            return near
    return ""


def disabled(case: Case) -> Found:
    """HU-4.1-6."""
    user = case.user
    if user is None:
        return Found()
    if user.enabled:
        return Found(settled=f"{user.username} is enabled now.")
    return Found((), possible(case.core, enable_user(user)))


def wrong_password(case: Case) -> Found:
    """HU-4.1-8."""
    user = case.user
    if user is None:
        return Found()
    place = places.of_user(case, "Password")
    tries = user.lockout.failures
    if tries and not is_locked(user.lockout, case.core.timestamp()):
        left = FREE_TRIES - tries
        words = f"{tries} of {FREE_TRIES} tries are used before the user is locked out."
        return Found((Cause(words),) if left > 0 else (), place=place)
    return Found(place=place)


def unconfirmed(case: Case) -> Found:
    """HU-4.1-9."""
    user = case.user
    if user is None:
        return Found()
    if user.status is not UserStatus.UNCONFIRMED:
        return Found(settled=f"{user.username} is {user.status} now.")
    cause = Cause("The code from the sign-up was never entered.")
    return Found((cause,), possible(case.core, confirm_user(user)))


def stranger(case: Case) -> Found:
    """US-S1."""
    advice = "Open it in a browser on this machine, without a proxy in between."
    return Found((Cause("Such a link is for this machine alone.", advice),))


def used_link(case: Case) -> Found:
    """US-S2."""
    if "before" in case.check.because:
        words = "Some programs open links to preview them, which spends this one."
        return Found((Cause(words, "Choose “Sign in as…” again."),))
    return Found((Cause("A link is good for one minute.", "Choose “Sign in as…” again."),))


def no_way(case: Case) -> Found:
    """US-S3: what is missing on the client, and the fix that gives it."""
    client, because = case.client, case.check.because
    if client is None:
        return Found()
    if "domain" in because:
        return no_domain(case)
    if "flow" in because:
        if client.may_use("code") or client.may_use("implicit"):
            return Found(settled=f"{client.client_name} may sign users in now.")
        fixes = possible(case.core, enable_flow(client, "code", then=ANEW))
        return Found((), fixes, places.of_client(case, "AllowedOAuthFlows"))
    return Found(place=places.of_client(case, "CallbackURLs"))


def _cookies(text: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in text.split(";"))
    return {name: value.strip('"') for name, equals, value in pairs if equals}


def _at(user: User, member: str = "") -> Place:
    return Place(user.user_pool_id, "users", user.sub, member)


RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {
        "LG-2": csrf,
        "HU-G8": stale_form,
        "HU-5-6": no_provider,
        "HU-4.1-2": empty,
        "HU-4.1-3": locked,
        "HU-4.1-5": unknown_user,
        "HU-4.1-6": disabled,
        "HU-4.1-8": wrong_password,
        "HU-4.1-9": unconfirmed,
        "HU-4.1-10": old_password,
        "HU-4.1-11": still_temporary,
        "HU-4.1-12": asked_to_reset,
        "US-S1": stranger,
        "US-S2": used_link,
        "US-S3": no_way,
    }
)
