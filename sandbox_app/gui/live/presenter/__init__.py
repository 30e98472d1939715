"""Presenter mode: one login for a whole room. Imported when it is first wanted."""

from sandbox_app.gui.live.presenter.view import PresenterView

__all__ = ["PresenterView"]
