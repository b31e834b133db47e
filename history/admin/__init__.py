from .batches import BatchAdmin
from .past import FoundByKey, HistoryAdmin

__all__ = ["BatchAdmin", "FoundByKey", "HistoryAdmin"]
