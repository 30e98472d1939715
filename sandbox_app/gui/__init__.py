"""The window: places, panels, forms and the models they show, drawn with Qt Widgets."""
