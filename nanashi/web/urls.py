"""The site map: every address of the diary."""

from django.urls import path, register_converter

from nanashi.feeds import sitemaps
from nanashi.feeds import views as feeds
from nanashi.reading.views import about, days, entries, keywords, language, search
from nanashi.web import converters
from nanashi.web.keyword_addresses import keyword_address

register_converter(converters.DayConverter, "day")
register_converter(converters.EntryIdConverter, "entry_id")
register_converter(converters.OldIdConverter, "old_id")
register_converter(converters.FeedConverter, "feed")
register_converter(converters.MonthConverter, "month")

urlpatterns = [
    path("", days.front),
    path("feed.<feed:form>", feeds.diary_feed),
    path("<day:day>", days.day),
    path("<day:day>.<feed:form>", feeds.day_feed),
    path("e/<entry_id:public_id>", entries.entry),
    path("e/<entry_id:public_id>.txt", entries.source),
    path("<old_id:old_id>", entries.old_entry),
    path("series/<path:series>", entries.series),
    path("keyword/<path:word>", keyword_address),
    path("keywords", keywords.index),
    path("search", search.find),
    path("about", about.about),
    path("language", language.choose_language),
    path("sitemap.xml", sitemaps.sitemap_index),
    path("sitemap/<month:month>.xml", sitemaps.sitemap_month),
    path("sitemap/keywords.xml", sitemaps.sitemap_keywords),
    path("robots.txt", sitemaps.robots),
]

handler404 = "nanashi.reading.views.errors.not_found"
handler500 = "nanashi.reading.views.errors.failed"
