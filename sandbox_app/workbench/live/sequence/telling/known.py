"""What a storyteller remembers of the steps before: names, and in which step a value came up."""

from sandbox_app.workbench.live.sequence.reading import Reading

_TOKENS = ("id_token", "access_token", "refresh_token")


class Known:
    """Filled step by step; a story may only speak of what lies behind it.

    Attributes:
        app: the client's name.
        user: who signs in, once that is known.
        provider: the identity provider that was asked for.
        challenge: the step that carried the PKCE challenge, 0 without one.
    """

    def __init__(self) -> None:
        self.app = self.user = self.provider = ""
        self.challenge = 0
        self._codes: dict[str, tuple[int, float]] = {}
        self._tokens: dict[str, int] = {}

    def meet(self, reading: Reading) -> None:
        """Learn the names in an exchange."""
        exchange = reading.exchange
        self.app = exchange.client_name or exchange.client_id or self.app
        self.user = exchange.username or self.user
        wanted = reading.query.get("identity_provider", "")
        if wanted and wanted != "COGNITO":
            self.provider = wanted

    def learn_request(self, reading: Reading, number: int) -> None:
        """Remember what a request brought."""
        if reading.query.get("code_challenge") and reading.step == "authorize":
            self.challenge = number

    def learn_answer(self, reading: Reading, number: int, ended: float) -> None:
        """Remember what an answer handed out; `ended` in epoch seconds."""
        code = reading.delivered.get("code")
        if code:
            self._codes[code] = (number, ended)
        for name in _TOKENS:
            for members in (reading.body, reading.delivered):
                token = members.get(name)
                if isinstance(token, str):
                    self._tokens[token] = number

    def code_step(self, code: str) -> int:
        """Where the code was handed out; 0 if that was not seen."""
        return self._codes.get(code, (0, 0.0))[0]

    def code_age(self, code: str, now: float) -> float | None:
        """Seconds since the code was handed out."""
        known = self._codes.get(code)
        return None if known is None else max(0.0, now - known[1])

    def token_step(self, token: str) -> int:
        """Where the token was handed out; 0 if that was not seen."""
        return self._tokens.get(token, 0)

    @property
    def the_user(self) -> str:
        """The user's name, or a word for whoever it is."""
        return self.user or "the user"

    @property
    def the_app(self) -> str:
        """The app with its name."""
        return f"The app {self.app}" if self.app else "The app"
