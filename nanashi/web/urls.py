"""The site map: every address of the diary."""

from django.urls import path, register_converter

from nanashi.accounts.views import account, recover, sign_in, sign_up
from nanashi.archive.own import export_own
from nanashi.feeds import sitemaps
from nanashi.feeds import views as feeds
from nanashi.reading.views import about, days, entries, estimates, keywords, language, link_style, search
from nanashi.web import converters, keyword_editing
from nanashi.web.keyword_addresses import keyword_address
from nanashi.writing.views import edit, fragments, key_shown, keys, mine, withdraw, write

register_converter(converters.DayConverter, "day")
register_converter(converters.EntryIdConverter, "entry_id")
register_converter(converters.OldIdConverter, "old_id")
register_converter(converters.FeedConverter, "feed")
register_converter(converters.MonthConverter, "month")
register_converter(converters.DigestConverter, "digest")
register_converter(converters.ThemeConverter, "theme")

urlpatterns = [
    path("", days.front),
    path("feed.<feed:form>", feeds.diary_feed),
    path("<day:day>", days.day),
    path("<day:day>.<feed:form>", feeds.day_feed),
    path("e/<entry_id:public_id>", entries.entry),
    path("e/<entry_id:public_id>.txt", entries.source),
    path("e/<entry_id:public_id>/estimate", estimates.numbers),
    path("new", write.new),
    path("new/table", fragments.table),
    path("preview", fragments.preview),
    path("e/<entry_id:public_id>/reply", write.reply),
    path("e/<entry_id:public_id>/edit", edit.edit),
    path("e/<entry_id:public_id>/withdraw", withdraw.withdraw),
    path("mine", mine.mine),
    path("mine/withdraw", mine.withdraw_many),
    path("mine/export", export_own),
    path("key", keys.key),
    path("key/file", key_shown.key_file),
    path("estimates", estimates.index),
    path("estimates/help", estimates.help_page),
    path("chart/<digest:digest>-<int:number>-<theme:theme>.svg", estimates.chart),
    path("<old_id:old_id>", entries.old_entry),
    path("series/<path:series>", entries.series),
    *keyword_editing.urlpatterns,
    path("keyword/<path:word>", keyword_address),
    path("keywords", keywords.index),
    path("search", search.find),
    path("about", about.about),
    path("language", language.choose_language),
    path("links", link_style.choose_links),
    path("links.css", link_style.style),
    path("sign-up", sign_up.sign_up),
    path("sign-in", sign_in.sign_in),
    path("sign-out", sign_in.sign_out),
    path("recover", recover.recover),
    path("account", account.account),
    path("account/password", account.password),
    path("account/code", account.code),
    path("account/everywhere", account.everywhere),
    path("account/delete", account.delete),
    path("sitemap.xml", sitemaps.sitemap_index),
    path("sitemap/<month:month>.xml", sitemaps.sitemap_month),
    path("sitemap/keywords.xml", sitemaps.sitemap_keywords),
    path("robots.txt", sitemaps.robots),
]

handler400 = "nanashi.web.refused.bad_request"
handler404 = "nanashi.reading.views.errors.not_found"
handler500 = "nanashi.web.refused.failed"
