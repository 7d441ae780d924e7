"""What is known of a person, as JSON: names of fields as they are kept, words as they were written."""

import json

from bot.domain.exports import Record


def render(record: Record) -> bytes:
    """The file. Slow for whoever has been known for years: never on the event loop."""
    sections = {
        section.name: [dict(zip(section.fields, row, strict=True)) for row in section.rows]
        for section in record.sections
    }
    whole = {"made_at": record.made_at.isoformat(timespec="seconds"), **sections}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()
