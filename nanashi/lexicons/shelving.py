"""Where the index of keywords keeps a word: a row of the kana table, a letter, the digits or the rest.

Within a shelf words stand as in a Japanese dictionary (after JIS X 4061): first by kana without marks, long
vowels written out, then by the kana as they are. Latin words stand by their letters without accents and case.
"""

import unicodedata

from nanashi.text.normal import normalise

DIGITS = "0"
REST = "他"
ROWS = {
    "あ": "あいうえお",
    "か": "かきくけこ",
    "さ": "さしすせそ",
    "た": "たちつてと",
    "な": "なにぬねの",
    "は": "はひふへほ",
    "ま": "まみむめも",
    "や": "やゆよ",
    "ら": "らりるれろ",
    "わ": "わゐゑをん",
}
SORT_KEY_LENGTH = 400
"""As the column is wide."""

_ROW_OF = {kana: row for row, members in ROWS.items() for kana in members}
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_LARGE = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_LONG = "ー"
_VOWELS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_VOWEL_OF = {kana: vowel for vowel, members in _VOWELS.items() for kana in members}


def shelf_and_sort_key(word: str, reading: str = "") -> tuple[str, str]:
    """The shelf of a word and its place there, by its reading or else by itself.

    >>> shelf_and_sort_key("研究", "けんきゅう")
    ('か', 'けんきゆう けんきゅう')
    >>> shelf_and_sort_key("Ångström")[0], shelf_and_sort_key("3D")[0], shelf_and_sort_key("研究")[0]
    ('a', '0', '他')
    """
    said = normalise(reading or word).translate(_TO_HIRAGANA).strip()
    plain = _without_marks(said)
    return _shelf(plain), f"{plain} {said}"[:SORT_KEY_LENGTH]


def _shelf(plain: str) -> str:
    first = plain[:1]
    if "a" <= first <= "z":
        return first
    if first.isdigit():
        return DIGITS
    return _ROW_OF.get(first, REST)


def _without_marks(text: str) -> str:
    """Without accents and voicing marks, small kana large, long vowels as vowels."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFD", text).translate(_LARGE)
    plain: list[str] = []
    for letter in letters:
        if letter == _LONG and plain:
            plain.append(_VOWEL_OF.get(plain[-1], _LONG))
        elif unicodedata.category(letter) != "Mn":
            plain.append(letter)
    return "".join(plain)
