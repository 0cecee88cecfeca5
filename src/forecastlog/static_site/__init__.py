"""The published site as files: what the server answers, asked for in this process and written into a folder.

    visit.py   an address -> the answer of the site
    crawl.py   from the front page to every page that the site itself links
    names.py   an address -> the name of its file
    relink.py  addresses in a page -> ways from file to file
    search.py  the index that the one script of the copy searches
    folder.py  the folder: whose it is, what is written again, what goes

There is one site and not two: a page here is what the server would send, with its links led from file to
file. What only a server can answer, a query of several filters or of a table, is left as text without a link.
"""

from forecastlog.static_site.export import Exported, export_site

__all__ = ["Exported", "export_site"]
