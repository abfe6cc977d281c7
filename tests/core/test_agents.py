"""Two words for a browser: enough to know one's own, and nothing that tells two people apart."""

import pytest

from webapp.core.agents import agent

ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (f"{ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36", "chrome-android"),
        (f"{ANDROID} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36", "samsung-android"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0", "firefox-android"),
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "safari-ios"),
        (f"{IPHONE} CriOS/126.0.0.0 Mobile/15E148 Safari/604.1", "chrome-ios"),
        (f"{IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15", "firefox-ios"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "edge-windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1", "safari-macos"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "firefox-linux"),
        ("curl/8.5.0", "other-other"),
        ("", "other-other"),
        ("\x00" * 10_000, "other-other"),
    ],
)
def test_a_browser_is_called_what_its_owner_calls_it(header: str, words: str) -> None:
    assert agent(header) == words
