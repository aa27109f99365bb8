"""Changes of road maps: import, facts, confirmation. Each is one transaction."""

from monitoring.services.facts import confirm_fact
from monitoring.services.importing import ImportResult, import_road_map
from monitoring.services.road_map_rows import RoadMapFileError
from monitoring.services.snapshots import take_snapshot

__all__ = ["ImportResult", "RoadMapFileError", "confirm_fact", "import_road_map", "take_snapshot"]
