"""The ledger; SQLAlchemy is known in this package alone (and where the demo makes its databases)."""

from toban.clients.ledger.claims import Claim, Intent, Standing, Status
from toban.clients.ledger.ledger import Ledger

__all__ = ["Claim", "Intent", "Ledger", "Standing", "Status"]
