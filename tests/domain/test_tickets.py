"""One-time tickets: spent once, in time, and never kept as they are."""

from sandbox_app.domain.tickets import LIFETIME, Ticket, Tickets


def a_ticket(expires_at: float = 1060.0) -> Ticket:
    return Ticket(pool_id="p", client_id="c", sub="s", target="app", expires_at=expires_at)


def test_a_ticket_is_spent_once() -> None:
    tickets = Tickets()
    text = tickets.issue(a_ticket(), 1000.0)

    assert tickets.spend(text, 1001.0) == a_ticket()
    assert tickets.spend(text, 1001.0) == "the link was opened before"


def test_a_ticket_ends_after_its_minute_and_is_spent_by_the_try() -> None:
    tickets = Tickets()
    text = tickets.issue(a_ticket(), 1000.0)

    assert tickets.spend(text, 1000.0 + LIFETIME) == "the link is 60 s old"
    assert tickets.spend(text, 1001.0) == "the link was opened before"


def test_every_ticket_has_a_text_of_its_own_that_cannot_be_guessed() -> None:
    tickets = Tickets()
    texts = {tickets.issue(a_ticket(), 1000.0) for _ in range(100)}

    assert len(texts) == 100
    assert {len(text) for text in texts} == {43}
    for guess in ("", "x" * 43, "\ud800"):
        assert isinstance(tickets.spend(guess, 1000.0), str)


def test_the_text_itself_is_kept_nowhere() -> None:
    tickets = Tickets()
    text = tickets.issue(a_ticket(), 1000.0)

    assert text not in repr(vars(tickets))
    tickets.spend(text, 1000.0)
    assert text not in repr(vars(tickets))


def test_old_tickets_are_forgotten() -> None:
    tickets = Tickets()
    for moment in range(0, 100_000, 100):
        tickets.issue(a_ticket(moment + 60.0), float(moment))

    assert len(tickets._open) < 10


def test_two_sandboxes_share_no_tickets() -> None:
    text = Tickets().issue(a_ticket(), 1000.0)

    assert isinstance(Tickets().spend(text, 1000.0), str)
