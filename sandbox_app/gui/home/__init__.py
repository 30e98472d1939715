"""The Home place: is it running, try it once, connect an app of your own."""

from sandbox_app.gui.home.place import HomePlace

__all__ = ["HomePlace"]
