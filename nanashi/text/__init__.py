"""Text without a diary around it: normal forms, the lexicon, word boundaries, links. Imports no Django."""

from nanashi.text.lexicon import Lexicon
from nanashi.text.lexicon_file import LexiconFileError
from nanashi.text.linking import Link, link, to_html
from nanashi.text.normal import normalise
from nanashi.text.spellings import Spelling

__all__ = ["Lexicon", "LexiconFileError", "Link", "Spelling", "link", "normalise", "to_html"]
