"""Where files stand that only a view with a rights check may open."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.functional import cached_property


class PrivateFileSystemStorage(FileSystemStorage):
    """Files on disk outside the public media folder; they have no address of their own."""

    @cached_property
    def base_location(self) -> str:
        return str(settings.PRIVATE_ROOT)

    @cached_property
    def base_url(self) -> None:
        return None

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no public address; serve it through a view.")


def private_storage() -> Storage:
    """The storage named «private» in the settings (a callable, so migrations name no folder)."""
    return storages["private"]
