"""What the fund itself wrote reaches each member in their language, inside catalogue texts and by itself."""

import pytest

from webapp.core.localized import Localized
from webapp.i18n import Display, each, lines, plain, shown_in, t

NAME = Localized(fr="Caisse <Oasis>", ar="صندوق الواحة")
SAME = Localized(fr="CAISSE", ar="CAISSE")


def test_each_language_of_a_sentence_receives_its_own_value() -> None:
    with shown_in(Display.BOTH):
        french, arabic = lines("account_ready_email.subject", name=NAME).split("\n")
        assert "Caisse <Oasis>" in french
        assert "صندوق الواحة" in arabic
        html = t("account_ready_email.subject", name=NAME)
        assert "Caisse &lt;Oasis&gt;" in html
        assert html.index("Caisse") < html.index('lang="ar"') < html.index("صندوق")


@pytest.mark.parametrize(
    ("display", "html", "title", "message"),
    [
        (Display.FR, "Caisse &lt;Oasis&gt;", "Caisse <Oasis>", "Caisse <Oasis>"),
        (Display.AR, NAME.ar, NAME.ar, NAME.ar),
        (
            Display.BOTH,
            '<span class="bi"><span class="in" lang="fr" dir="ltr">Caisse &lt;Oasis&gt;</span> '
            f'<span class="in" lang="ar" dir="rtl">{NAME.ar}</span></span>',
            f"Caisse <Oasis> · {NAME.ar}",
            f"Caisse <Oasis>\n{NAME.ar}",
        ),
    ],
)
def test_a_text_of_the_fund_is_shown_like_any_other(display: Display, html: str, title: str, message: str) -> None:
    with shown_in(display):
        assert (t(NAME), plain(NAME), lines(NAME)) == (html, title, message)


def test_a_name_that_is_the_same_in_both_languages_is_said_once() -> None:
    with shown_in(Display.BOTH):
        assert (t(SAME), plain(SAME)) == ("CAISSE", "CAISSE")
        assert each(SAME) == [("fr", "CAISSE"), ("ar", "CAISSE")]


def test_values_are_filled_into_a_text_of_the_fund_and_a_percent_sign_stands_for_itself() -> None:
    text = Localized(fr="À 100 % : %(name)s", ar="بنسبة 100 %: %(name)s")
    with shown_in(Display.FR):
        assert t(text, name=NAME) == "À 100 % : Caisse &lt;Oasis&gt;"
        assert t(Localized(fr="100 %", ar="%")) == "100 %"


def test_a_text_of_the_fund_is_never_printed_without_a_language() -> None:
    with pytest.raises(TypeError):
        str(NAME)
