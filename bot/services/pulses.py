"""Any copy that is well tells people about the others, once, and once more when all is well again."""

from datetime import datetime

from bot.domain.notices import Notice
from bot.domain.pulses import TOLD, CopyTroubled, CopyWell
from bot.services import telling
from bot.storage import pulses
from bot.storage.backups import records
from bot.storage.database import Transaction


def look_after(tx: Transaction, copy: str, *, now: datetime) -> list[CopyTroubled | CopyWell]:
    """What is new of the other copies is told to two administrators; what reached nobody comes back."""
    news = [one for one in pulses.standing(tx) if one.copy != copy and one.ails != one.told]
    notices = [
        CopyTroubled(one.copy, one.ails) if one.ails else CopyWell(one.copy)
        for one in news
        if pulses.note_told(tx, one)
    ]
    return [notice for notice in notices if not _tell(tx, notice, now)]


def _tell(tx: Transaction, notice: Notice, now: datetime) -> bool:
    told = 0
    for person_id in records.administrators(tx):
        told += telling.tell(tx, person_id, notice, now=now) if told < TOLD else 0
    return told > 0
