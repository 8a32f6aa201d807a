"""The application as the workers of `nanashi serve` run it: they end with the server, however that ends."""

from nanashi.lexicons.rendering import end_with_parent
from nanashi.web.wsgi import application

__all__ = ["application"]

end_with_parent()
