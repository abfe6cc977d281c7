"""What kind of browser somebody has, in two words: enough to know one's own sign-ins by, too little to track anyone."""

from typing import Final

# The first that occurs decides: most browsers also call themselves the ones further down.
_BROWSERS: Final = (
    ("edg", "edge"),
    ("samsungbrowser", "samsung"),
    ("opr/", "opera"),
    ("firefox", "firefox"),
    ("fxios", "firefox"),
    ("crios", "chrome"),
    ("chrome", "chrome"),
    ("safari", "safari"),
)
_SYSTEMS: Final = (
    ("android", "android"),
    ("iphone", "ios"),
    ("ipad", "ios"),
    ("windows", "windows"),
    ("mac os x", "macos"),
    ("linux", "linux"),
)


def agent(header: str) -> str:
    """`firefox-android` for a User-Agent header; `other` stands for what is not in the tables."""
    text = header.lower()
    return f"{_first(text, _BROWSERS)}-{_first(text, _SYSTEMS)}"


def _first(text: str, table: tuple[tuple[str, str], ...]) -> str:
    return next((word for mark, word in table if mark in text), "other")
