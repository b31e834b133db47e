from django.urls import path, register_converter

from .converters import CitationForm, CountryCode, UnicodeSlug
from .feeds import feed
from .views import about, agreements, countries, home, organisations, people, preview, search, stories, tags
from .views.machines import healthz, readyz, robots, sitemap, sitemap_index

app_name = "reading"

register_converter(UnicodeSlug, "uslug")
register_converter(CountryCode, "code")
register_converter(CitationForm, "citation")

urlpatterns = [
    path("", home.home, name="home"),
    path("stories/", stories.stories, name="stories"),
    path("stories/feed/", feed, name="stories-feed"),
    path("stories/<uslug:slug>/", stories.story, name="story"),
    path("countries/", countries.countries, name="countries"),
    path("countries/<code:code>/", countries.country, name="country"),
    path("countries/<code:code>/feed/", feed, {"kind": "country"}, name="country-feed"),
    path("countries/<code:code>/<code:other>/", countries.pair, name="pair"),
    path("countries/<code:code>/<code:other>/feed/", feed, {"kind": "pair"}, name="pair-feed"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<uslug:slug>/", organisations.organisation, name="organisation"),
    path("organisations/<uslug:slug>/feed/", feed, {"kind": "organisation"}, name="organisation-feed"),
    path("people/", people.people, name="people"),
    path("people/<uslug:slug>/", people.person, name="person"),
    path("people/<uslug:slug>/feed/", feed, {"kind": "person"}, name="person-feed"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<uslug:slug>/", agreements.agreement, name="agreement"),
    path("agreements/<uslug:slug>/feed/", feed, {"kind": "agreement"}, name="agreement-feed"),
    path("agreements/<uslug:slug>/citation.<citation:form>", agreements.citation, name="agreement-citation"),
    path("agreements/<uslug:slug>/text/", agreements.text, name="agreement-text"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<uslug:slug>/", tags.tag, name="tag"),
    path("tags/<uslug:slug>/feed/", feed, {"kind": "tag"}, name="tag-feed"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("about/data/", about.data, name="about-data"),
    path("preview/<int:key>/", preview.preview, name="preview"),
]

# Without a language prefix: these talk to programs.
machines = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>-<int:page>.xml", sitemap, name="sitemap-section"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
