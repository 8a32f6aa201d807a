"""The application as the workers of `nanashi serve` run it: they end with the server, however that ends."""

from nanashi.web.wsgi import application

# isort: split
# The application sets Django up, and what stands below needs that.
from nanashi.accounts.core_dumps import forbid_core_dumps
from nanashi.accounts.error_log import forbid_tracebacks
from nanashi.lexicons.current import stay_small
from nanashi.lexicons.rendering import end_with_parent

__all__ = ["application"]

forbid_core_dumps()
forbid_tracebacks()
end_with_parent()
stay_small()
