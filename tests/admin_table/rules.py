"""Who may use which numbered address of the admin; where a row of docs/roles.md says it, that."""

from __future__ import annotations

from fnmatch import fnmatchcase

from people.enums import Role
from tests.role_tables import desk_row

Allowed = frozenset[str]
SCOPES = ("own", "foreign", "elsewhere", "portal")

DESK: Allowed = frozenset(role.value for role in Role)
NOBODY: Allowed = frozenset()
METHODIST: Allowed = frozenset({Role.METHODIST.value})

OWN = desk_row("изменить свой черновик")
NEWS = desk_row("изменить чужую новость")
PAGE = desk_row("изменить главную страницу")
PUBLISHING = desk_row("опубликовать без проверки")
MOVING = desk_row("переместить страницу")
DELETING = desk_row("удалить опубликованную страницу")
UNPUBLISHING = desk_row("снять с публикации")
TRANSLATING = desk_row("отправить страницу на перевод")
USERS = desk_row("изменить пользователя")
LOCKING, UNLOCKING = desk_row("заблокировать страницу"), desk_row("снять чужую блокировку")
FIRST_STEP = desk_row("одобрить на первом шаге")
OWN_FILE, FILE = desk_row("изменить свой файл"), desk_row("изменить чужой файл")
OWN_IMAGE, IMAGE = desk_row("изменить свою картинку"), desk_row("изменить чужую картинку")

# Mask → allowed in the scopes own, foreign, elsewhere; one set where all scopes are alike.
Rule = tuple[str, *tuple[Allowed, ...]]
EDITING = (OWN, NEWS, PAGE)
RULES: tuple[Rule, ...] = (
    # --- Pages --------------------------------------------------------------------------------
    # What any desk may see of the tree, or what says nothing about the page.
    ("wagtailadmin_explore*", DESK),
    ("wagtailadmin_choose_page_child", DESK),
    ("wagtailadmin_pages:type_use*", DESK),
    ("wagtailadmin_pages:choose_parent", DESK),
    ("wagtailadmin_pages:confirm_workflow_cancellation", DESK),
    ("wagtailadmin_pages:revisions_index", DESK),
    ("wagtailadmin_editing_sessions:release", OWN, NOBODY, NOBODY),
    # Editors see the titles below the branches in which they write, and of no others.
    ("wagtailadmin_api:pages:detail", DESK, DESK, PAGE),
    ("wagtailadmin_api:pages:action:publish", PUBLISHING),
    ("wagtailadmin_api:pages:action:unpublish", NOBODY, UNPUBLISHING, NOBODY),
    # A draft may be moved and deleted by whoever may change it.
    ("wagtailadmin_api:pages:action:delete", OWN, DELETING, PAGE),
    ("wagtailadmin_api:pages:action:move", OWN, MOVING, PAGE),
    ("wagtailadmin_api:pages:action:revert_to_page_revision", *EDITING),
    ("wagtailadmin_api:pages:action:copy", PUBLISHING),
    ("wagtailadmin_api:pages:action:create_alias", PUBLISHING),
    ("wagtailadmin_api:pages:action:*", NOBODY),
    ("wagtail_bulk_action:page:publish", PUBLISHING),
    ("wagtail_bulk_action:page:unpublish", NOBODY, UNPUBLISHING, NOBODY),
    ("wagtail_bulk_action:page:delete", OWN, DELETING, PAGE),
    ("wagtail_bulk_action:page:move", NOBODY, NOBODY, PAGE),
    ("wagtailadmin_pages:add", DESK, DESK, PAGE),
    ("wagtailadmin_pages:add_subpage", DESK, DESK, PAGE),
    ("wagtailadmin_pages:preview_on_add", DESK, DESK, PAGE),
    ("wagtailadmin_pages:delete", OWN, DELETING, PAGE),
    ("wagtailadmin_pages:unpublish", NOBODY, UNPUBLISHING, NOBODY),
    ("wagtailadmin_pages:convert_alias", NOBODY),
    ("wagtailadmin_pages:move*", OWN, MOVING, PAGE),
    ("wagtailadmin_pages:set_page_position", PUBLISHING),
    ("wagtailadmin_pages:workflow_history*", *EDITING),
    ("wagtailadmin_pages:*workflow_*", FIRST_STEP),
    ("wagtailadmin_pages:set_privacy", desk_row("закрыть страницу паролем")),
    ("wagtailadmin_pages:lock", LOCKING),
    ("wagtailadmin_pages:unlock", OWN, UNLOCKING, UNLOCKING),
    ("wagtailadmin_pages:revisions_unschedule", PUBLISHING),
    ("wagtailadmin_pages:*", *EDITING),
    ("wagtailadmin_editing_sessions:ping", *EDITING),
    ("document_version", *EDITING),
    # --- Translations -------------------------------------------------------------------------
    ("wagtail_localize:snippets_api_*", DESK),
    ("wagtail_localize:machine_translate", NOBODY),
    # The pages have one way to be previewed, and it has no name.
    ("wagtail_localize:preview_translation:mode", NOBODY),
    ("wagtail_localize:convert_to_alias", NOBODY),
    ("wagtail_localize:*", TRANSLATING),
    # --- Pictures and files -------------------------------------------------------------------
    ("wagtailadmin_api:*", DESK),
    ("wagtail*s_chooser:*", DESK),
    ("wagtail*:create_multiple_from_uploaded_*", DESK, NOBODY),
    ("wagtail*:delete_upload_multiple", DESK, NOBODY),
    ("wagtailimages:url_generator*", NOBODY),
    ("wagtaildocs:delete*", OWN_FILE, desk_row("удалить чужой файл")),
    ("wagtailimages:delete*", OWN_IMAGE, desk_row("удалить чужую картинку")),
    ("wagtaildocs:*", OWN_FILE, FILE),
    ("wagtail_bulk_action:portaldocument:*", OWN_FILE, FILE),
    ("wagtailimages:*", OWN_IMAGE, IMAGE),
    ("wagtail_bulk_action:portalimage:*", OWN_IMAGE, IMAGE),
    # --- Lists and records --------------------------------------------------------------------
    ("wagtailsnippetchoosers_*:chosen", DESK),
    *(
        rule
        for name, words in {
            "core_topic": "тему",
            "home_rubric": "рубрику",
            "home_documenttype": "тип документа",
            "practices_practicekind": "вид практики",
            "people_organisation": "организацию",
            "people_subject": "предмет",
            "monitoring_roadmap": "дорожную карту",
            "monitoring_indicator": "показатель",
            "monitoring_measure": "меру",
        }.items()
        for rule in (
            (f"wagtailsnippets_{name}:delete", desk_row(f"удалить {words}")),
            (f"wagtail_bulk_action:{name.split('_')[1]}:delete", desk_row(f"удалить {words}")),
            *(
                (f"wagtailsnippets_{name}:{action}", desk_row(f"снять с публикации {words}"))
                for action in ("unpublish", "revisions_unschedule")
                if name != "people_organisation"
            ),
        )
    ),
    ("wagtailsnippets_monitoring_indicator:confirm", desk_row("подтвердить факт показателя")),
    ("wagtailsnippets_*:confirm_workflow_cancellation", DESK),
    ("wagtailsnippets_monitoring_*:workflow_history*", desk_row("изменить показатель")),
    ("wagtailsnippets_monitoring_*:*workflow_*", FIRST_STEP),
    ("wagtailsnippets_monitoring_*:*lock", desk_row("снять чужую блокировку")),
    ("wagtailsnippets_monitoring_*", desk_row("изменить показатель")),
    *(
        (f"wagtailsnippets_practices_{name}:delete", NOBODY)
        for name in ("checklistpoint", "reviewcriterion")
    ),
    *(
        (f"wagtail_bulk_action:{name}:delete", NOBODY)
        for name in ("checklistpoint", "reviewcriterion")
    ),
    *(
        (f"wagtailsnippets_practices_{name}:*", desk_row("изменить критерий экспертизы"))
        for name in ("checklistpoint", "reviewcriterion")
    ),
    ("wagtailsnippets_core_calendarday:delete", desk_row("удалить день календаря")),
    ("wagtail_bulk_action:calendarday:delete", desk_row("удалить день календаря")),
    ("wagtailsnippets_core_calendarday:*", desk_row("изменить день календаря")),
    ("wagtailsnippets_*", desk_row("изменить тему")),
    # --- People and the arrangement of the portal ---------------------------------------------
    ("wagtailusers_users:delete", NOBODY, USERS),
    ("wagtailusers_users:lost_factor", NOBODY, desk_row("снять чужой второй фактор")),
    ("wagtail_bulk_action:user:assign_role", USERS),
    ("wagtail_bulk_action:user:*", NOBODY, USERS),
    ("wagtailusers_users:*", USERS),
    ("wagtailusers_groups:*", desk_row("изменить группу")),
    ("wagtailsettings:preview_on_edit:*", NOBODY),
    ("wagtailsettings:*:sitesettings", desk_row("изменить настройки портала")),
    ("wagtailsettings:*:reviewrules", desk_row("изменить правила экспертизы практик")),
    ("wagtailsettings:*:staffrules", desk_row("изменить правила реестра")),
    (
        "wagtailsettings:*:retentionrules",
        desk_row("изменить сроки хранения персональных данных"),
    ),
    ("letters:*", desk_row("увидеть исходящие письма")),
    ("wagtailsites:*", desk_row("изменить адрес сайта")),
    ("wagtaillocales:*", desk_row("добавить язык")),
    ("wagtailadmin_collections:delete", desk_row("удалить папку")),
    ("wagtailadmin_collections:*", desk_row("переименовать папку")),
    ("wagtailadmin_workflows:task_chosen", DESK),
    ("wagtailadmin_workflows:*", desk_row("изменить порядок проверки")),
    ("wagtailredirects:*", desk_row("добавить перенаправление")),
    ("wagtailsearchpromotions:*", desk_row("закрепить результат поиска")),
    ("wagtailadmin_tag_model_autocomplete", DESK),
    ("editors_guide_*", DESK),
)


def allowed(name: str, scope: str) -> Allowed | None:
    """Who may use the address on a thing of this scope; None: no rule names it."""
    for mask, *cells in RULES:
        if fnmatchcase(name, mask):
            return cells[SCOPES.index(scope)] if len(cells) > 1 else cells[0]
    return None
