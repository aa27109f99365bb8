"""The site search as a visitor meets it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.enums import Access
from core.models import Card, PortalDocument
from core.search import catalogue
from core.services.file_texts import extract_text
from tests.factories.core import TopicFactory
from tests.factories.home import DocumentPageFactory, NewsPageFactory, StandardPageFactory, body

pytestmark = pytest.mark.django_db


def find(client, q, **params):
    response = client.get(reverse("search"), {"q": q, **params})
    assert response.status_code == 200
    return response


def titles(response):
    return [row["hit"].card.title for row in response.context["results"]]


@pytest.fixture
def texts(site_tree):
    """Pages whose words stand in many forms."""
    for title, text in [
        ("Приказ о закреплении наставников", "Молодым педагогам назначены наставники."),
        ("Отчёт за третий квартал", "Люди прошли повышение квалификации."),
        ("Олимпиады и одарённые дети", "Ребёнок готовится к олимпиаде с учителем."),
        ("Аттестация педагогических работников", "Лучший опыт учтён при аттестации."),
    ]:
        DocumentPageFactory(title=title, body=body(text))


WORD_FORMS = [
    ("приказы", "Приказ о закреплении наставников"),
    ("приказом", "Приказ о закреплении наставников"),
    ("закрепление наставника", "Приказ о закреплении наставников"),
    ("наставник молодого педагога", "Приказ о закреплении наставников"),
    ("молодые педагоги", "Приказ о закреплении наставников"),
    ("ПРИКАЗ", "Приказ о закреплении наставников"),
    ("отчет", "Отчёт за третий квартал"),
    ("отчёта", "Отчёт за третий квартал"),
    ("человек", "Отчёт за третий квартал"),
    ("квартала", "Отчёт за третий квартал"),
    ("повысить квалификацию", "Отчёт за третий квартал"),
    ("повышения квалификаций", "Отчёт за третий квартал"),
    ("третьего", "Отчёт за третий квартал"),
    ("олимпиада", "Олимпиады и одарённые дети"),
    ("дети", "Олимпиады и одарённые дети"),
    ("ребенка", "Олимпиады и одарённые дети"),
    ("одаренный", "Олимпиады и одарённые дети"),
    ("учителя", "Олимпиады и одарённые дети"),
    ("аттестацию работника", "Аттестация педагогических работников"),
    ("хороший опыт", "Аттестация педагогических работников"),
    ("и для аттестации", "Аттестация педагогических работников"),
    ("опыта", "Аттестация педагогических работников"),
]


def test_word_forms(client, texts):
    """Every form of a word leads to the page, which stands first."""
    seen = [(typed, *titles(find(client, typed))[:1]) for typed, _found in WORD_FORMS]
    assert seen == WORD_FORMS


def test_a_misspelt_word_is_corrected_and_said_so(client, texts):
    DocumentPageFactory(title="Положение о наставничестве", body=body("Наставничество в школе"))
    response = find(client, "настаничество")
    assert "Положение о наставничестве" in titles(response)
    assert response.context["answer"].shown_for == "наставничество"
    assert "наставничество" in response.content.decode()


def test_the_wrong_layout_is_understood(client, texts):
    response = find(client, "jkbvgbflf")
    assert titles(response) == ["Олимпиады и одарённые дети"]
    assert response.context["answer"].shown_for == "олимпиада"


def test_a_document_is_found_by_its_number(client, site_tree):
    DocumentPageFactory(title="О дорожной карте", number="64")
    DocumentPageFactory(title="О другом", number="65")
    assert titles(find(client, "64")) == ["О дорожной карте"]


def test_a_title_hit_stands_before_a_newer_text_hit(client, site_tree):
    today = timezone.localdate()
    DocumentPageFactory(title="Положение о конкурсе", date=today - timedelta(days=2000))
    for number in range(3):
        DocumentPageFactory(title=f"План {number}", date=today, body=body("Провести конкурс."))
    assert titles(find(client, "конкурс"))[0] == "Положение о конкурсе"


def test_an_old_title_hit_survives_the_cap(client, site_tree, monkeypatch):
    monkeypatch.setattr(catalogue, "CAP", 3)
    today = timezone.localdate()
    DocumentPageFactory(title="Положение о конкурсе", date=today - timedelta(days=2000))
    for number in range(6):
        DocumentPageFactory(title=f"План {number}", date=today, body=body("Провести конкурс."))
    assert titles(find(client, "конкурс"))[0] == "Положение о конкурсе"


def test_drafts_and_edits_and_what_is_gone_never_appear(client, site_tree):
    DocumentPageFactory(title="Тайный черновик", live=False)
    page = DocumentPageFactory(title="Открытый приказ")
    page.title = "Открытый приказ с тайной правкой"
    page.save_revision()
    gone = DocumentPageFactory(title="Снятый тайный приказ")
    gone.unpublish()
    expiring = DocumentPageFactory(title="Истекший тайный приказ")
    type(expiring).objects.filter(pk=expiring.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert titles(find(client, "тайный")) == []
    assert titles(find(client, "приказ")) == ["Открытый приказ"]


@pytest.mark.parametrize(("who", "sees"), [("anonymous", False), ("teacher", True)])
def test_signed_in_only_documents(client, teacher, site_tree, who, sees):
    DocumentPageFactory(title="Служебная записка", access=Access.SIGNED_IN)
    if who == "teacher":
        client.force_login(teacher)
    assert bool(titles(find(client, "служебная"))) is sees
    suggested = client.get(reverse("search_suggest"), {"q": "служ"}).json()["items"]
    assert bool(suggested) is sees


def test_words_of_closed_documents_are_never_suggested(client, site_tree):
    DocumentPageFactory(title="Записка", access=Access.SIGNED_IN, body=body("сверхсекретность"))
    response = find(client, "сверхсекретнасть")
    assert "сверхсекретность" not in response.content.decode()


def test_facets_count_and_narrow(client, site_tree):
    topic = TopicFactory(name="Аттестация")
    DocumentPageFactory(title="Аттестация: порядок", topics=[topic])
    NewsPageFactory(title="Аттестация началась")
    response = find(client, "аттестация")
    options = {
        (group["name"], str(option["value"])): option["count"]
        for group in response.context["groups"]
        for option in group["options"]
    }
    assert options["kind", "document"] == 1
    assert options["kind", "news"] == 1
    assert options["topic", str(topic.pk)] == 1
    assert titles(find(client, "аттестация", kind="news")) == ["Аттестация началась"]
    assert titles(find(client, "аттестация", topic=topic.pk)) == ["Аттестация: порядок"]
    nothing = find(client, "аттестация", kind="news", topic=topic.pk)
    assert titles(nothing) == []
    assert nothing.context["has_filters"]


ODD_INPUT = [
    *["", " ", '"', "'", "«", "*", "a*", '"a', "NEAR(", "AND", "OR NOT", "col:x", "\\", "%", "_"],
    *["\x00", "приказ\x00", "\ud800".encode("utf-8", "replace").decode(), "🙂", "а" * 10_000],
    *["слово " * 3000, "<script>alert(1)</script>", "' OR 1=1 --", "{{ 7*7 }}", "١٢٣", "ﬁ"],
]


def test_any_input_gives_a_page(client, client_of, texts, superuser):
    admin = client_of(superuser)
    addresses = [
        *[(client, reverse("search")), (client, reverse("search_suggest"))],
        *[(admin, reverse("wagtailadmin_pages:search")), (admin, reverse("wagtailimages:index"))],
        *[(admin, reverse("wagtaildocs:index")), (admin, reverse("wagtailusers_users:index"))],
    ]
    wrong = [
        (address, typed[:20], answer.status_code)
        for typed in ODD_INPUT
        for who, address in addresses
        if (answer := who.get(address, {"q": typed})).status_code != 200
    ]
    assert wrong == []


def test_any_address_gives_a_page(client, texts):
    for params in [
        *[{"kind": "x"}, {"year": "abc"}, {"year": "9" * 20}, {"year": "²"}, {"topic": "-1"}],
        *[{"topic": "9" * 30}, {"page": "zzz"}, {"page": "99999999999"}],
    ]:
        find(client, "приказ", **params)


def test_what_was_typed_is_escaped(client, site_tree):
    content = find(client, "<img src=x onerror=alert(1)>").content.decode()
    assert "<img src=x" not in content


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_do_not_follow_the_hits(client, site_tree, number, django_assert_num_queries):
    for index in range(number):
        StandardPageFactory(title=f"Конкурс {index}", body=body("Положение о конкурсе."))
    find(client, "конкурс")
    # Nothing is kept here: the header and the footer read the settings again, each for itself.
    with django_assert_num_queries(11):
        find(client, "конкурс")


def test_text_inside_files_is_found(client, site_tree, docx_file):
    document = PortalDocument.objects.create(
        title="Файл", file=docx_file("Критерии заочного тура оценивает жюри.")
    )
    page = DocumentPageFactory(title="Положение")
    page.files.create(document=document)
    page.save_revision().publish()
    extract_text(document=document)
    assert titles(find(client, "критерий заочный")) == ["Положение"]


def test_admin_finds_pages_by_word_forms(client, superuser, texts):
    client.force_login(superuser)
    response = client.get(reverse("wagtailadmin_pages:search"), {"q": "закрепление наставника"})
    assert "Приказ о закреплении наставников" in response.content.decode()


def test_suggestions_go_on_with_what_is_typed(client, texts):
    answer = client.get(reverse("search_suggest"), {"q": "приказ о закр"}).json()["items"]
    assert [row["title"] for row in answer] == ["Приказ о закреплении наставников"]
    assert client.get(reverse("search_suggest"), {"q": "п"}).json()["items"] == []


@pytest.mark.parametrize(
    ("number", "said"), [(0, ""), (1, "1 подсказка"), (2, "2 подсказки"), (5, "5 подсказок")]
)
def test_the_number_of_suggestions_is_said_in_words(client, site_tree, number, said):
    for index in range(number):
        StandardPageFactory(title=f"Чечевица {index}")
    assert client.get(reverse("search_suggest"), {"q": "чече"}).json()["status"] == said


def test_every_card_is_in_the_index(texts):
    assert Card.objects.matching("закрепление").count() == 1
    Card.objects.filter(title__startswith="Приказ").delete()
    assert Card.objects.matching("закрепление").count() == 0
    assert Card.objects.matching("").count() == 3
    assert Card.objects.matching("!").count() == 0
