"""Addresses of the public site that are no pages."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from home.sitemaps import PageSitemap
from home.views.cabinet import CabinetHome
from home.views.feeds import NewsAtomFeed, NewsFeed, PracticeFeed
from home.views.search import search, suggest
from home.views.service_files import favicon, manifest, robots, security, sitemap_index
from people.sitemaps import OrganisationSitemap, TeacherSitemap

_sitemaps = {
    "sitemaps": {
        "pages": PageSitemap,
        "organisations": OrganisationSitemap,
        "teachers": TeacherSitemap,
    }
}

# The same in every language.
service_urls = [
    path("cabinet/", CabinetHome.as_view(), name="cabinet"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security_txt"),
    path("site.webmanifest", manifest, name="manifest"),
    path("favicon.ico", favicon, name="favicon"),
    path(
        "sitemap.xml",
        sitemap_index,
        _sitemaps | {"sitemap_url_name": "sitemap_file"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, _sitemaps, name="sitemap_file"),
]

# With the code of the language before them, but for the source language.
localized_urls = [
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="search_suggest"),
    path("feeds/news/rss.xml", NewsFeed(), name="news_rss"),
    path("feeds/news/atom.xml", NewsAtomFeed(), name="news_atom"),
    path("feeds/practices/rss.xml", PracticeFeed(), name="practices_rss"),
    path("feeds/news/<slug:slug>/rss.xml", NewsFeed(), name="news_rss"),
    path("feeds/news/<slug:slug>/atom.xml", NewsAtomFeed(), name="news_atom"),
]
