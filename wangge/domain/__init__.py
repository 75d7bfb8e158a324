"""Names, units, rules and table schemas; imports no other part of the core but text and errors."""
