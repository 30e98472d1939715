"""A file is exchanged only while nobody reads it, and nobody begins to meanwhile."""

import threading

from sandbox_app.store.sharing import Sharing


def test_a_file_that_is_read_is_not_exchanged():
    sharing = Sharing()

    with sharing.reading(), sharing.exchanging() as free:
        assert not free
    with sharing.exchanging() as free:
        assert free


def test_an_exchange_goes_on_alone():
    sharing = Sharing()

    with sharing.exchanging() as first, sharing.exchanging() as second:
        assert (first, second) == (True, False)


def test_who_wants_to_read_waits_for_the_exchange():
    sharing, begun, read = Sharing(), threading.Event(), threading.Event()

    def reader() -> None:
        begun.set()
        with sharing.reading():
            read.set()

    with sharing.exchanging():
        thread = threading.Thread(target=reader)
        thread.start()
        begun.wait(5)
        assert not read.is_set()
    assert read.wait(5)
    thread.join()


def test_a_reader_that_fails_reads_no_more():
    sharing = Sharing()
    try:
        with sharing.reading():
            raise ValueError
    except ValueError:
        pass

    sharing.wait_until_free()
    with sharing.exchanging() as free:
        assert free
