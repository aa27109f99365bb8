"""Who works in the portal and whose data it keeps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        from core.page_cache import allow_query

        # Cards of the catalogue, rooms of the cabinet and kinds of notices register themselves.
        from people import (  # noqa: F401
            catalogue,
            front,
            jobs,
            link_front,
            own_front,
            personal_records,
            personal_requests,
            rights_front,
            staff_front,
            teacher_front,
            training_front,
        )
        from people.queries.organisations import DirectoryFacet
        from people.queries.teacher_pages import TeacherFacet
        from people.services import notices  # noqa: F401

        allow_query(*DirectoryFacet.values, *TeacherFacet.values, "page")


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's accounts with our form and our limits (see people.viewsets)."""

    user_viewset = "people.viewsets.PortalUserViewSet"
