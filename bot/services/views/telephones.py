"""What is seen of telephones."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.relatives import LinkView
from bot.domain.telephones import KeysView, NameThem, TelephoneKeys, TelephoneLink, TelephoneLinked, TelephoneNews
from bot.services import relatives, telephones
from bot.services.views.look import Look
from bot.services.views.relatives import reader
from bot.storage import persons
from bot.storage.database import Transaction


def link(tx: Transaction, notice: TelephoneLink, look: Look) -> LinkView:
    """A link, made at this moment so that its secret stands nowhere but in the message; access is asked once more."""
    actor = reader(tx, look)
    name = persons.get(tx, relatives.require_manage(tx, actor, notice.plan_id).person_id).name
    return LinkView(telephones.make_link(tx, actor, notice.plan_id, now=look.now), name, name)


def linked(tx: Transaction, notice: TelephoneLinked, look: Look) -> str:
    """Who reads it."""
    return reader(tx, look).person.name


def news(tx: Transaction, notice: TelephoneNews, look: Look) -> str:
    """Whose telephone it is."""
    return persons.get(tx, notice.person_id).name


def keys(tx: Transaction, notice: TelephoneKeys | NameThem, look: Look) -> KeysView:
    """Who uses this telephone now."""
    return telephones.keys_of(tx, reader(tx, look).id)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    TelephoneLink: link,
    TelephoneLinked: linked,
    TelephoneNews: news,
    TelephoneKeys: keys,
    NameThem: keys,
}
