"""Making groups, and coming and going in them, over HTTP."""

from sandbox.web.asked import Answer, Asked


async def add(asked: Asked) -> Answer:
    """A new group: {title, member_ids, type? ("supergroup")}; the first member created it."""
    members = [asked.sandbox.phone_of(int(number)) for number in asked.body.get("member_ids", [])]
    title = str(asked.body["title"]).strip()
    if not title or not members:
        raise ValueError("a group needs a title and somebody in it")
    basic = asked.body.get("type") == "group"
    group = asked.sandbox.group(title, members, type="group" if basic else "supergroup")
    return {"id": group.id, "chat": {"id": group.id, "title": title}}


async def add_member(asked: Asked) -> Answer:
    """Somebody comes in, or with `present` false goes: {person_id, present?}."""
    phone, group = asked.person_in_body(), asked.group()
    await (phone.joins(group) if asked.body.get("present", True) else phone.leaves(group))
    return {}


async def set_bot(asked: Asked) -> Answer:
    """The bot comes or goes: {person_id, present, administrator?}."""
    phone, group = asked.person_in_body(), asked.group()
    if asked.body["present"]:
        await phone.adds_bot(group, administrator=bool(asked.body.get("administrator")))
    else:
        await phone.removes_bot(group)
    return {}


async def promote(asked: Asked) -> Answer:
    """A member becomes an administrator: {person_id, topics?}, a person or the bot, perhaps one who may manage topics."""
    group, number = asked.group(), asked.number("person_id")
    topics = bool(asked.body.get("topics"))
    if topics and not group.chat.forum:
        group.opens_topics()
    await group.promotes(number, topics=topics)
    return {}


async def add_topic(asked: Asked) -> Answer:
    """A new topic: {name}; the group has topics from the first one on."""
    name = str(asked.body["name"]).strip()
    if not name:
        raise ValueError("a topic needs a name")
    return {"id": asked.group().topic(name).id}


async def anonymous(asked: Asked) -> Answer:
    """An administrator writes as the group: {person_id, on}."""
    asked.group().anonymous(asked.person_in_body(), on=bool(asked.body["on"]))
    return {}


async def upgrade(asked: Asked) -> Answer:
    """A basic group becomes a supergroup."""
    group = asked.group()
    await group.upgrades()
    return {"id": group.id}
