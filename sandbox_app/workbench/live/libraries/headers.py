"""Libraries and tools that name themselves in a header.

Sources, read in November 2026: requests recorded here from aws-amplify 6.22.1, openid-client
6.8.9 and @auth/core 0.41.3 on oauth4webapi 3.8.8 (both set `user-agent` outside browsers), Spring
Security 6.5.6 on Java 17, Authlib 1.9.9 (`consts.default_user_agent`, its framework integrations
alone send it), botocore 1.44.5, requests, aiohttp and curl; the public source of ASP.NET Core's
OpenIdConnect handler (`Backchannel.DefaultRequestHeaders.UserAgent`) and of node-oauth, which
Passport uses. Amplify's browsers may not set User-Agent, so it sends `x-amz-user-agent`.
"""

import re
from collections.abc import Iterator

from sandbox_app.domain.records.traffic import Headers
from sandbox_app.workbench.live.libraries.library import BROWSER, HTTP, NAMED, Library
from sandbox_app.workbench.live.messages import header

_AGENTS: tuple[tuple[str, str, str, int], ...] = (
    (r"openid-client/v?([\d.]+)", "openid-client", "openid-client", NAMED),
    (r"oauth4webapi/v?([\d.]+)", "oauth4webapi", "oauth4webapi", NAMED),
    (r"Authlib/([\d.]+)", "authlib", "Authlib", NAMED),
    (r"Microsoft ASP\.NET Core OpenIdConnect handler()", "aspnet", "ASP.NET Core", NAMED),
    (r"oauth2-proxy/v?([\d.]+)", "oauth2-proxy", "oauth2-proxy", NAMED),
    (r"node-oauth()", "passport", "Passport", NAMED),
    (r"Boto3/([\d.]+)", "boto3", "boto3", HTTP),
    (r"aws-cli/([\d.]+)", "aws-cli", "AWS CLI", HTTP),
    (r"Botocore/([\d.]+)", "boto3", "botocore", HTTP),
    (r"aws-sdk-(?:js|java|go|dotnet|rust|php)[\w-]*/([\d.]+)", "aws-sdk", "AWS SDK", HTTP),
    (r"curl/([\d.]+)", "curl", "curl", HTTP),
    (r"HTTPie/([\d.]+)", "httpie", "HTTPie", HTTP),
    (r"Wget/([\d.]+)", "wget", "Wget", HTTP),
    (r"PostmanRuntime/([\d.]+)", "postman", "Postman", HTTP),
    (r"insomnia/([\d.]+)", "insomnia", "Insomnia", HTTP),
    (r"python-requests/([\d.]+)", "requests", "Python requests", HTTP),
    (r"python-httpx/([\d.]+)", "httpx", "httpx", HTTP),
    (r"Python/[\d.]+ aiohttp/([\d.]+)", "aiohttp", "aiohttp", HTTP),
    (r"Python-urllib/([\d.]+)", "urllib", "Python urllib", HTTP),
    (r"axios/([\d.]+)", "axios", "axios", HTTP),
    (r"(?:node-fetch|node|undici)(?:/([\d.]+))?$", "fetch", "fetch in Node.js", HTTP),
    (r"Go-http-client/([\d.]+)", "go", "Go", HTTP),
    (r"okhttp/([\d.]+)", "okhttp", "OkHttp", HTTP),
    (r"Java-http-client/([\d.]+)", "java", "Java", HTTP),
    (r"Java/([\d.]+)", "java", "Java", HTTP),
    (r"Apache-HttpClient/([\d.]+)", "java", "Apache HttpClient", HTTP),
    (r"GuzzleHttp/([\d.]+)", "guzzle", "Guzzle", HTTP),
    (r"Dart/([\d.]+)", "dart", "Dart", HTTP),
)
_BROWSERS = (
    (r"Edg(?:A|iOS)?/(\d+)", "Edge"),
    (r"OPR/(\d+)", "Opera"),
    (r"Firefox/(\d+)", "Firefox"),
    (r"(?:Headless)?Chrome/(\d+)", "Chrome"),
    (r"Version/(\d+)[\d.]* (?:Mobile/\w+ )?Safari/", "Safari"),
)
_AMPLIFY = re.compile(r"aws-amplify/([\d.]+)")


def by_headers(headers: Headers) -> Iterator[Library]:
    """Whoever a request's headers name, the most telling first."""
    amplify = _AMPLIFY.search(header(headers, "x-amz-user-agent"))
    if amplify is not None:
        yield Library("amplify", "Amplify", amplify[1], NAMED)
    agent = header(headers, "user-agent")
    if agent.startswith("Mozilla/"):
        yield from _browser(agent)
        return
    for pattern, key, name, rank in _AGENTS:
        found = re.match(pattern, agent, re.IGNORECASE)
        if found is not None:
            yield Library(key, name, found[1] or "", rank)
            return


def _browser(agent: str) -> Iterator[Library]:
    for pattern, name in _BROWSERS:
        found = re.search(pattern, agent)
        if found is not None:
            yield Library("browser", name, found[1], BROWSER)
            return
    yield Library("browser", "a browser", "", BROWSER)
