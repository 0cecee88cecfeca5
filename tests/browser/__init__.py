"""The site as a reader's browser sees it: Debian's Chromium on a running server."""
