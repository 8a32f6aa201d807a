"""The parser: from what people type to tokens. Each module holds the rules of one piece of markup."""
