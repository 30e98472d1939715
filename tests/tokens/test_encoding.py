"""Unpadded base64url and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.tokens import encoding


@given(st.binary())
def test_bytes_come_back(data):
    text = encoding.encode(data)

    assert encoding.decode(text) == data
    assert not {"=", "+", "/"} & set(text)


@pytest.mark.parametrize("text", ["A", "AA==", "+A", "/A", "A A", "AB\n", "é", "\ud800", "AA.AA"])
def test_other_alphabets_are_refused(text):
    with pytest.raises(ValueError, match=r"."):
        encoding.decode(text)
