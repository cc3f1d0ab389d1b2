"""Addresses that machines read."""

from django.urls import path

from . import feeds, robots, sitemaps

app_name = "wire"
urlpatterns = [
    path("feeds/all.xml", feeds.all_stories, name="feed"),
    path("feeds/sections/<slug:slug>.xml", feeds.section, name="section_feed"),
    path("feeds/reporters/<slug:slug>.xml", feeds.reporter, name="reporter_feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/lists.xml", sitemaps.lists, name="sitemap_lists"),
    path("sitemaps/stories-<int:number>.xml", sitemaps.stories, name="sitemap_stories"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
    path("robots.txt", robots.robots, name="robots"),
]
