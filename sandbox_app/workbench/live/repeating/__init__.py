"""A recorded request made ready to be sent once more, edited if wanted."""
