"""Links never cut a word: cases by title, text, keywords and the links that must come out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nanashi.text import Lexicon, link, normalise
from nanashi.text.places import Places

JAPANESE = [
    ("inside a longer word", "東京都に住む", ["京都"], []),
    ("what can stand does", "東京都立京都大学", ["東京都", "京都大学"], ["京都大学"]),
    ("the longest that stands", "人工知能学会の大会", ["人工知能", "人工知能学会", "学会"], ["人工知能学会"]),
    ("a phrase of many words", "走れメロスを読む", ["走れメロス"], ["走れメロス"]),
    ("a name with a dot", "スター・ウォーズを見る", ["スター・ウォーズ", "スター"], ["スター・ウォーズ"]),
    (
        "the parts of a name with a dot",
        "ランボルギーニ・ミウラは",
        ["ランボルギーニ", "ミウラ"],
        ["ランボルギーニ", "ミウラ"],
    ),
    (
        "parts of a compound",
        "データサイエンスとデータ",
        ["データ", "サイエンス"],
        ["データ", "サイエンス", "データ"],
    ),
    ("a lone kana before it", "ミトライの人", ["トライ"], []),
    ("pieces of an unknown name", "クリーサップの街", ["クリー", "サップ"], []),
    ("pieces of a part of a name", "ジェイ・ジグムンドが", ["ジグ", "ムンド"], []),
    ("a list with dots is no name", "ディンプルキー・鎌", ["ディンプル", "キー"], ["ディンプル", "キー"]),
    ("a known part of an unknown word", "メビュームシュートと", ["シュート"], ["シュート"]),
    (
        "long vowel of a hiragana word",
        "すごーい、スーパーに",
        ["すごーい", "スーパー", "い"],
        ["すごーい", "スーパー"],
    ),
    ("a longer spelling of it", "データーと", ["データ"], []),
    ("a particle in small kana", "アニメって、アニメっぽい", ["アニメ"], ["アニメ", "アニメ"]),
    ("other words in small kana", "アニメっちゃの", ["アニメ"], []),
    ("no word begins with ン or ッ", "テストンとマリンッコ", ["テスト", "マリン"], []),
    ("a verb in katakana", "ハマった、ググってみた", ["ハマ", "ググ"], []),
    ("an unknown kanji word", "元柳斎の尽力", ["元柳"], []),
    ("a title after a name", "顕進氏は", ["顕進"], ["顕進"]),
    ("single characters of a number", "二十三人の", ["二十三"], ["二十三"]),
    ("a counter in katakana", "5ヶ月と6カ国と霧ヶ峰", ["ヶ月", "カ国", "霧ヶ峰"], ["ヶ月", "カ国", "霧ヶ峰"]),
    ("a day without its month", "8月28日、28日", ["28日"], ["28日"]),
    ("a whole date", "8月28日", ["8月28日"], ["8月28日"]),
    ("a quantity that goes on", "1人前と1人", ["1人"], ["1人"]),
    (
        "marks at the ends",
        "「」とモーニング娘。が",
        ["「」", "モーニング娘。", "娘"],
        ["「」", "モーニング娘。"],
    ),
    ("in quotation marks", "『京都』と「大学」", ["京都", "大学"], ["京都", "大学"]),
    ("half-width kana", "ﾊﾞﾅﾅのｼﾞｭｰｽ", ["バナナ", "ジュース"], ["ﾊﾞﾅﾅ", "ｼﾞｭｰｽ"]),
    ("one character that is two", "㍻の", ["平成", "成"], ["㍻"]),
    ("combining marks", "か\u3099き\u3099、か", ["がぎ", "か"], ["か\u3099き\u3099", "か"]),
    ("wave dashes", "ラーメン〜とラーメン～", ["ラーメン〜"], ["ラーメン〜", "ラーメン～"]),
    ("repetition mark", "人々の", ["人", "人々"], ["人々"]),
    ("beyond the basic plane", "𠮷野家の", ["𠮷野家"], ["𠮷野家"]),
    ("a space inside", "東京 大阪へ", ["東京 大阪"], ["東京 大阪"]),
    ("over the end of a line", "東京\n大阪", ["東京", "大阪"], ["東京", "大阪"]),
    ("digits beside kanji", "第35回", ["35"], ["35"]),
]

LATIN = [
    ("only whole words", "start art article smart", ["art"], ["art"]),
    ("upper and lower case", "ART and Art", ["art"], ["ART", "Art"]),
    ("full width", "ＡＲＴ、Ａｒｔｓｙ", ["art"], ["ＡＲＴ"]),
    ("beside Japanese", "Rust製のC言語", ["Rust", "C言語"], ["Rust", "C言語"]),
    ("signs that belong to the word", "C++, C# and C", ["C++", "C#", "C"], ["C++", "C#", "C"]),
    ("signs that do not", "a C++ and C# day", ["C"], []),
    ("dots inside", "Node.js and ASP.NET", ["Node.js", "Node", "NET"], ["Node.js"]),
    ("a dot before", "on .NET, not ASP.NET", [".NET"], [".NET"]),
    ("a full stop after", "We like Rust. Python too.", ["Rust", "Python"], ["Rust", "Python"]),
    ("an ampersand inside", "AT&T and R&D", ["AT&T", "R"], ["AT&T"]),
    ("an ampersand between words", "CD&DVD", ["CD", "DVD"], ["CD", "DVD"]),
    ("a slash separates", "TCP/IP and/or", ["TCP", "IP", "or"], ["TCP", "IP", "or"]),
    ("the whole with a slash", "TCP/IP", ["TCP/IP", "TCP"], ["TCP/IP"]),
    ("a hyphen separates", "a well-known Python-based tool", ["known", "Python"], ["known", "Python"]),
    ("but not one letter", "e-mail and an X-ray", ["mail", "ray"], []),
    ("nor an idiom", "state-of-the-art", ["state", "art"], []),
    (
        "the whole with hyphens",
        "state-of-the-art Wi-Fi",
        ["state-of-the-art", "Wi-Fi"],
        ["state-of-the-art", "Wi-Fi"],
    ),
    ("apostrophes inside", "don't ask O'Reilly", ["don", "t", "Reilly"], []),
    ("single quotation marks", "the 'art' of", ["art"], ["art"]),
    ("model numbers", "MP3 and PS5", ["MP", "PS"], []),
    ("a version behind a word", "Python3", ["Python"], ["Python"]),
    ("a unit behind a number", "30cm and 5km", ["cm", "km"], ["cm", "km"]),
    ("an ordinal", "the 3rd and 1990s", ["rd", "s", "1990"], []),
    ("an underscore joins", "art_work", ["art", "work"], []),
    ("addresses of pages", "https://example.com/art and art", ["art", "https"], ["art"]),
    ("addresses of mail", "art@example.com", ["art", "example"], []),
    ("Cyrillic", "кот и коты", ["кот"], ["кот"]),
    ("accents in two characters", "cafe\u0301 cafe\u0301s", ["café", "cafe"], ["cafe\u0301", "cafe\u0301s"]),
]

INFLECTED = [
    ("plain plural", "two keywords", ["keyword"], ["keywords"]),
    ("possessive", "a keyword's page", ["keyword"], ["keyword"]),
    ("typographic apostrophe", "a keyword’s page", ["keyword"], ["keyword"]),
    ("possessive plural", "the keywords' pages", ["keyword"], ["keywords"]),
    ("after a sibilant", "the matches", ["match"], ["matches"]),
    ("no es after others", "the videoes", ["video"], []),
    ("three letters stay", "cats and a cat's", ["cat"], []),
    ("a registered plural comes first", "boxes", ["boxe", "boxes"], ["boxes"]),
    ("other endings are other words", "keyworded keywording", ["keyword"], []),
    (
        "the last of several words",
        "machine learning models",
        ["machine learning model"],
        ["machine learning models"],
    ),
    ("before Japanese", "keywordsは", ["keyword"], ["keywords"]),
]


def shown(text: str, words: list[str]) -> list[str]:
    return [text[found.start : found.end] for found in link(text, Lexicon.from_words(words))]


@pytest.mark.parametrize(
    ("text", "words", "links"), [pytest.param(*case[1:], id=case[0]) for case in JAPANESE]
)
def test_japanese(text: str, words: list[str], links: list[str]) -> None:
    assert shown(text, words) == links


@pytest.mark.parametrize(("text", "words", "links"), [pytest.param(*case[1:], id=case[0]) for case in LATIN])
def test_latin(text: str, words: list[str], links: list[str]) -> None:
    assert shown(text, words) == links


@pytest.mark.parametrize(
    ("text", "words", "links"), [pytest.param(*case[1:], id=case[0]) for case in INFLECTED]
)
def test_english_inflections(text: str, words: list[str], links: list[str]) -> None:
    assert shown(text, words) == links


KANJI_AND_HIRAGANA = "東京 都 立 京都 大学 元 柳 斎 氏 月 の は に っ って ん い すごー"
KATAKANA = "データ ベース カ ー ッ ミ トライ クリー サップ ヶ"
OTHER_PIECES = "。 、 「 」 』 ] ・ = 5 10 a art C ++ . - ' s … ! ? \0 😀 ( )"
pieces = st.sampled_from(
    [*KANJI_AND_HIRAGANA.split(), *KATAKANA.split(), *OTHER_PIECES.split(" "), " ", "\n", '"']
)


@given(st.lists(pieces, max_size=30).map("".join), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_it_makes_no_difference_in_what_order_places_are_asked_for(text: str, random: object) -> None:
    form = normalise(text)
    at_once, one_by_one = Places(form, all_at_once=True), Places(form)
    order = list(range(1, len(form)))
    random.shuffle(order)
    for place in order:
        expected = at_once.states[place] or at_once.find_out(place)
        assert (one_by_one.states[place] or one_by_one.find_out(place)) == expected, (
            form[:place] + "|" + form[place:]
        )


@pytest.mark.parametrize(
    "text", ["あ" * 5000, "ア" * 5000, "亜" * 5000, "a" * 5000, "ー" * 3000, "1" * 3000, "a." * 2000]
)
def test_long_runs_without_a_mark(text: str) -> None:
    form = normalise(text)
    places = Places(form)
    at_once = Places(form, all_at_once=True)
    for place in (1, 999, 1000, 1001, 2500):
        expected = at_once.states[place] or at_once.find_out(place)
        assert (places.states[place] or places.find_out(place)) == expected


@pytest.mark.parametrize("text", ["東京東京都立", "国語学校", "研究会議", "データ"])
def test_a_text_ends_as_a_line_does(text: str) -> None:
    ended, alone = Places(f"{text}\n", all_at_once=True), Places(text, all_at_once=True)
    assert alone.states[:-1] == ended.states[: len(text)]
