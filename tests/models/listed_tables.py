"""Every table and column that there is: what is not named here must not be stored (ANONYMITY, row 4).

Whoever adds one says in a review why it joins no account to an entry, and nobody to a moment. The drill
(drills/joins/logs.py) compares a copied disk with the same list.
"""

DJANGO = {
    "django_migrations": {"id", "app", "name", "applied"},
    "sqlite_sequence": {"name", "seq"},
}
"""When each migration was applied, to the second, and how many were: the operator's doing, nobody's who writes."""

ACCOUNTS = DJANGO | {
    "nanashi_account": {
        *("key", "name", "name_norm"),
        *("password_salt", "password_proof", "password_lock"),
        *("code_salt", "code_proof", "code_lock"),
    },
}

DIARY = DJANGO | {
    "nanashi_entry": {
        *("key", "public_id", "old_id", "identity", "day", "quarter", "edited_on"),
        *("title", "source_text", "body", "excerpt", "lang", "series", "part", "quoted_from", "unlinked"),
        *("locator", "hand"),
    },
    "nanashi_reference": {"key", "written_id", "is_reply", "entry_id", "target_id"},
    "nanashi_occurrence": {"keyword_id", "entry_id"},
    "nanashi_stump": {"key", "public_id"},
    "nanashi_tombstone": {"key", "digest", "struck"},
    "nanashi_estimate": {
        *("key", "entry_id", "ordinal", "text", "digest", "record"),
        *("base_written", "base_block", "state", "rank"),
    },
    "nanashi_keyword": {
        *("key", "word", "norm", "reading", "shelf", "sort_key", "definition", "definition_html"),
        *("explicit", "retired", "see_also", "counted", "counted_defined"),
    },
    "nanashi_alias": {"key", "text", "norm", "keyword_id"},
    "nanashi_revision": {
        *("key", "keyword_id", "number", "day", "editor", "content", "note", "act", "act_on"),
    },
    "nanashi_proposal": {
        *("key", "keyword_id", "kind", "into_id", "day", "quarter", "editor", "reason"),
        *("objection", "objector"),
    },
    "nanashi_backfill": {"key", "keyword_key", "spellings", "before", "done", "total", "entries"},
    "nanashi_lexiconchange": {"version", "keyword_key"},
    "nanashi_lexiconstate": {"key", "entries", "sealed_on"},
    "nanashi_bigrams": {"grams"},
    "nanashi_bigrams_config": {"k", "v"},
    "nanashi_bigrams_data": {"id", "block"},
    "nanashi_bigrams_idx": {"segid", "term", "pgno"},
}
