import pytest

from sandbox_app.gui.theme import Theme


@pytest.fixture
def theme(qapp):
    """The light theme, applied, standing still."""
    theme = Theme(qapp, mode="light")
    theme.motion = False
    theme.apply()
    theme.dress(qapp)
    yield theme
    theme.deleteLater()
    qapp.setStyleSheet("")
