"""In which schema of its PostgreSQL database the program lives: the first of its connections' search_path that is there.

Districts share a database so, each in a schema of its own (docs/operate.md), and each sees no other: a connection that has
entered searches its own schema alone, so that nobody else's table can answer for one that is missing.
"""

import re

# A name that needs no quotes, and leaves room for what a restore puts behind it: PostgreSQL cuts names off at 63.
PLAIN = re.compile(r"[a-z_][a-z0-9_]{0,39}")

# A schema that is not there yet stays the one of this connection: the first migration makes it.
ENTER = (
    "SELECT set_config('search_path', quote_ident(place), false)"
    " FROM (SELECT COALESCE(current_schema(), current_setting('search_path')) AS place) AS found"
)

# The schema of a connection that has entered, whether it is there or not.
HERE = "current_setting('search_path')"

# Locks, channels and the list of connections belong to the database and not to a schema: each is told apart by these. Where
# the schema is PostgreSQL's own first one they are what they were before there were others, so that a copy of an earlier
# version and one of this one still know of each other.
FIRST = "public"
PREFIX = f"CASE {HERE} WHEN '{FIRST}' THEN '' ELSE {HERE} || '.' END"
CHANNEL = f"'linli' || CASE {HERE} WHEN '{FIRST}' THEN '' ELSE '_' || to_hex(hashtextextended({HERE}, 0)) END"
# The list of connections shows sixty-three ASCII characters and no others, each version of PostgreSQL in its own way.
SPELLED = f"regexp_replace({HERE}, '[^ -~]', '?', 'g')"
SIGN = f"left('linli' || CASE {HERE} WHEN '{FIRST}' THEN '' ELSE ' ' || {SPELLED} END, 63)"

# How a connection of the running program is known to whoever wants to be alone with this schema.
BE_SEEN = f"SELECT set_config('application_name', {SIGN}, false)"
