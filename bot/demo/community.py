"""Who lives in the demo's community, what they can do, and what they say in its first two days."""

from dataclasses import dataclass

from bot.domain.people import Role

COMMUNITY_CODE = "xingfu"
COMMUNITY = "幸福社区"
GROUP = "幸福社区邻里群"
PLACES = f"""编号,上级,类型,名称
{COMMUNITY_CODE},,社区,{COMMUNITY}
g1,{COMMUNITY_CODE},网格,第一网格
g2,{COMMUNITY_CODE},网格,第二网格
b1,g1,楼栋,1号楼
b2,g1,楼栋,2号楼
b3,g2,楼栋,3号楼
"""
BUILDINGS = {"b1": "1号楼", "b2": "2号楼", "b3": "3号楼"}


ROLES = {
    "志愿者": Role.VOLUNTEER,
    "volunteer": Role.VOLUNTEER,
    "coordinator": Role.COORDINATOR,
}


@dataclass(frozen=True)
class Neighbour:
    """Somebody of the community. `note`: the word on their telephone, which says what they are here (see ROLES).

    `door`: what they write when they are asked for it; `language`: "zh" or "en".
    """

    name: str
    building: str
    note: str
    skills: tuple[str, ...] = ()
    door: str = ""
    language: str = "zh"


# The three whose telephones a visitor sees first.
ZHANG = Neighbour("张奶奶", "b1", "居民")
LI = Neighbour("小李", "b1", "志愿者", skills=("repairs",))
WANG = Neighbour("王姐", "b1", "协调员")

GRANDPA = Neighbour("李爷爷", "b2", "居民", door="1单元102 13900000002")
AUNT = Neighbour("陈阿姨", "b3", "居民", door="3单元502 13900000003")
DRIVER = Neighbour("老何", "b3", "志愿者", skills=("driver",))
HAIRDRESSER = Neighbour("吴姐", "b3", "志愿者", skills=("haircut",))
VOLUNTEERS = (
    Neighbour("小赵", "b1", "志愿者"),
    Neighbour("刘师傅", "b2", "志愿者", skills=("repairs", "driver")),
    Neighbour("陈医生", "b2", "志愿者", skills=("escort",)),
    Neighbour("小周", "b2", "志愿者", skills=("tutoring",)),
    HAIRDRESSER,
    DRIVER,
    Neighbour("小孙", "b3", "志愿者"),
)
# Three who use it in English; on the English page their telephones stand first.
EMMA = Neighbour("Emma", "b1", "resident", language="en")
TOM = Neighbour("Tom", "b1", "volunteer", skills=("repairs",), language="en")
GRACE = Neighbour("Grace", "b2", "coordinator", language="en")

DAUGHTER = "陈丽，女儿，13900000004"
RIDE = "下午三点要去医院拿片子，想请人开车送一趟"
HAIRCUT = "这周想理个发，腿脚不方便，能来家里吗"
MEDICINE = "帮我去药店买一盒降压药，今天就要用"
CHESS = "周末想找人陪我下盘棋"
