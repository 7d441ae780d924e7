"""What a text asks for: the guess that a draft begins with, measured on sentences that people would write.

Part of the sentences were written after the words of the catalogue, and some of them are still guessed wrong: a resident
corrects a guess with one tap.
"""

from collections import Counter

import pytest

from bot.domain.categories import load_catalogue
from bot.domain.people import Language

CATALOGUE = load_catalogue()

CHINESE = """
errand 帮我去驿站取个快递
errand 有个包裹在门卫那儿，腿脚不方便
errand 想寄一封挂号信给儿子
errand 谁能帮我去银行排个队
errand 有线电视该交费了，我不会弄
errand 我有一封重要的信要寄
errand 帮我去社保局代办一下年审材料
errand 快递放在小区门口，拿不动
errand 谁去邮局帮我寄东西
errand 帮我把这份材料送到居委会
errand 老花镜落在社区活动室了，帮忙拿一下
groceries 家里没米了，谁能帮忙买一袋
groceries 想买点青菜和鸡蛋
groceries 帮我去超市带两盒牛奶
groceries 桶装水没了，要一桶
groceries 老伴住院，没人买菜
groceries 冰箱空了，想买点吃的
groceries 帮忙带袋面粉
groceries 家里酱油用完了
groceries 孩子尿不湿没了，走不开
medicine 降压药吃完了，能帮我去药店买吗
medicine 帮妈妈取药，3号楼
medicine 胰岛素没有了，要去社区医院开药
medicine 感冒了，想买盒感冒药
medicine 去中药房帮我抓副药
medicine 心脏病的药快没了
medicine 小区药房有没有布洛芬
medicine 糖尿病的药忘了配
medicine 想买盒药
meals 今天做不了饭，想请人送一份午饭
meals 婆婆一个人在家没吃饭
meals 能不能给我煮点粥
meals 社区食堂的晚餐能送到家吗
meals 中午没人做饭
meals 胃不好，想喝点热汤
meals 坐月子没人给做吃的
meals 老人牙不好，能送点软的饭菜吗
escort 明天要去医院复查，想有人陪
escort 眼睛看不清，想找人陪我看病
escort 后天透析，儿子出差了
escort 帮我挂个骨科的号，陪我去一趟
escort 老人要体检，没人陪
escort 周三做核磁，需要家属
escort 去眼科看白内障，一个人怕
escort 下周去医院做胃镜要有人跟着
escort 打疫苗想有人带我去
repairs 家里的灯坏了
repairs 厨房水龙头一直滴水
repairs 马桶堵了，水都漫出来了
repairs 门锁打不开，进不了家
repairs 电视没有图像了
repairs 插座冒火花，不敢用
repairs 空调不制冷，能来看看吗
repairs 卫生间漏水漏到楼下了
repairs 燃气灶打不着火
repairs 窗户关不上了
repairs 抽油烟机不转了
repairs 床腿断了，能修吗
repairs 家里突然没电，别人家有电
lifting 有个旧柜子要搬到楼下
lifting 门口的雪太厚了出不去
lifting 煤气罐太沉，换不了
lifting 新买的洗衣机没人抬
lifting 沙发要挪个位置
lifting 买了五十斤大米扛不上楼
lifting 帮忙把旧床垫抬下楼
lifting 院子里积雪没人扫
housekeeping 想请人帮忙打扫一下屋子
housekeeping 窗户太脏了，我够不着
housekeeping 被子太大洗不动
housekeeping 手摔伤了，家务做不了
housekeeping 厨房油污太重想清洗
housekeeping 床单被罩该洗了
housekeeping 好久没打扫，屋里都是灰
housekeeping 油烟机太脏没法洗
haircut 躺在床上，想请人上门理发
haircut 头发太长了，出不了门
haircut 爷爷要剪指甲
haircut 妈妈卧床，想剃个头
haircut 老头子胡子拉碴，出不了门
companionship 一个人闷得慌，想有人聊聊天
companionship 想找人陪我下盘棋
companionship 老人很孤单，希望有人来坐坐
companionship 谁有空陪我去公园散散步
companionship 老爷子天天念叨没人说话
companionship 孩子都在外地，心里空落落的
companionship 想找个会下象棋的
transport 要去火车站，行李多，有车吗
transport 下午坐轮椅去姐姐家，谁能送我
transport 明早接孙子放学
transport 从机场接我女儿回来
transport 送孩子去幼儿园
transport 出院那天没车回家
transport 腿骨折了，明天要坐车回老家
transport 雨太大了，能接一下我妈吗
tutoring 孙子的数学作业不会做
tutoring 谁能教我用微信视频
tutoring 手机上怎么挂号，教教我
tutoring 外孙女想找人补英语
tutoring 教我用手机交电费
tutoring 小孩写作业没人管
tutoring 平板电脑不会用
tutoring 高中物理有人会吗
property 整栋楼停水两天了
property 电梯又停了，我住六楼
property 楼道的灯不亮
property 楼下半夜吵得睡不着
property 暖气一点都不热
property 垃圾堆在单元门口没人收
property 单元门禁坏了
property 地下车库漏水
property 楼上装修天天吵
property 小区路灯坏了三天
rehabilitation 中风以后想做康复训练
rehabilitation 想借一副拐杖
rehabilitation 肩周炎，想找人推拿
counselling 心里堵得慌，想做心理咨询
counselling 孩子厌学，情绪很差
mediation 跟邻居吵架了，想请人调解
mediation 兄弟分家谈不拢
wish 想拍一张全家福
wish 孩子的心愿是一个新书包
other 不知道找谁，有点事想问问
other 我的猫跑丢了
other 想给邻居送面锦旗
other 想参加你们的活动
""".strip()
ENGLISH = """
errand Could somebody pick up a parcel for me
errand I have to send a letter at the post office
errand Who can queue for me at the bank
errand I do not know how to pay the electricity bill
errand Please deliver these forms to the town hall
errand Somebody to collect my package from the locker
errand Someone to go to the bank with my cheque
errand My library books must go back today
groceries We have run out of milk and bread
groceries Can someone do the shopping for me this week
groceries I need rice and some vegetables
groceries Please buy eggs at the supermarket
groceries I live alone and cannot walk, please bring me milk
groceries No fruit in the house and I cannot go out
groceries My fridge is empty
groceries A bag of potatoes, please
groceries We need nappies and milk
groceries Could you get me some tea and biscuits
medicine can someone fetch my mother's medicine, building 3?
medicine My blood pressure pills are finished
medicine Please take my prescription to the pharmacy
medicine I need insulin by tomorrow
medicine Painkillers from the chemist, please
medicine I have run out of my heart tablets
medicine The chemist closes at six and I need my tablets
medicine Out of cough syrup
meals I cannot cook today, could someone bring lunch
meals Mother has had no dinner
meals A warm soup would be lovely
meals I have had nothing to eat since yesterday
meals Nobody to cook for my husband
meals I broke my wrist and cannot cook
meals Something warm to eat for an old man
escort I have a check-up at the hospital and nobody to go with
escort Please accompany me to the doctor
escort Appointment at the eye clinic on Friday, I am nearly blind
escort My father goes to dialysis on Tuesday
escort I am afraid of going to the dentist by myself
escort I have an X-ray tomorrow and need company
escort Someone to come with me to the surgery
escort A hip operation on Thursday, I need someone with me
escort Blood test on Monday morning, I feel dizzy alone
repairs the lamp in my kitchen is broken
repairs The tap keeps dripping
repairs My toilet is blocked
repairs The front door lock is stuck
repairs A socket gives off sparks
repairs Water is leaking from a pipe
repairs Could somebody change a light bulb
repairs The washing machine is broken
repairs My window does not close any more
repairs The kitchen sink is clogged
repairs My door does not lock
lifting I cannot lift the new washing machine
lifting There is so much snow before the door
lifting Who can carry a wardrobe downstairs
lifting Heavy boxes to the attic
lifting My sofa has to be moved
lifting A fifty kilo bag of coal to the third floor
lifting Help moving a bed
lifting A heavy sack to the cellar
housekeeping I need help with cleaning the flat
housekeeping The windows are dirty and I cannot reach
housekeeping Laundry for my husband who is in bed
housekeeping Could someone mop the floor
housekeeping My bed sheets need changing
housekeeping Dust everywhere, my back hurts
housekeeping Ironing for my husband
haircut I would like a haircut at home
haircut Grandfather needs a shave
haircut My hair is too long and I am bedridden
haircut Someone to cut my nails
haircut Somebody to trim my beard
haircut Cutting my mother's hair
companionship I am lonely and would like to chat
companionship Anyone for a game of chess
companionship Someone to go for a walk with me
companionship I am alone all day, please visit me
companionship I have nobody to talk to
companionship Would like someone to play cards with
companionship My grandmother is bored and sad
companionship Somebody to read to me
transport I need a ride to the station
transport Can anyone drive me to my sister's
transport My suitcase must get to the airport
transport A car with room for a wheelchair
transport Taking my son to kindergarten
transport I leave hospital on Monday and need a lift home
transport My bus does not run on Sunday, I need to get to church
transport Could you take me to my daughter
tutoring Homework in maths for my grandson
tutoring Please teach me to use my smartphone
tutoring English lessons for two children
tutoring How do I make video calls, can someone show me
tutoring My daughter needs a tutor for French
tutoring Help me with whatsapp on my new phone
tutoring My son fails in maths
tutoring I want to learn to write e-mails
property The elevator has stopped, I live on the sixth floor
property No water in the whole house
property The heating is cold everywhere
property Rubbish piles up in the stairwell
property The neighbours make noise at night
property The street light in front of number 4 is out
property Lift is out of order
property No heating since yesterday
property Rats in the basement
rehabilitation Physiotherapy exercises after a stroke
rehabilitation I would like to borrow crutches
counselling I would like to see a psychologist
counselling Grief counselling for my sister
mediation We quarrel with the neighbours, please mediate
mediation A dispute about the inheritance
wish My wish is a family photograph
wish Grandfather dreams of hearing an opera
other My cat has run away
other I do not know whom to ask
other I want to thank the volunteers
other What can you do
""".strip()
# How many were right when the sentences were last gone through; fewer by more than the margin, and something broke.
MEASURED = {Language.CHINESE: 0.94, Language.ENGLISH: 0.98}
MARGIN = 0.05
SENTENCES = {Language.CHINESE: CHINESE, Language.ENGLISH: ENGLISH}


@pytest.mark.parametrize("language", Language)
def test_most_guesses_are_right(language: Language) -> None:
    labelled = [line.split(" ", 1) for line in SENTENCES[language].splitlines()]
    wrong = [
        (label, CATALOGUE.guess(text).code, text) for label, text in labelled if CATALOGUE.guess(text).code != label
    ]
    accuracy = 1 - len(wrong) / len(labelled)
    confusion = Counter((label, guess) for label, guess, _ in wrong)
    told = [f"{label} taken for {guess}: {count}" for (label, guess), count in confusion.most_common()]
    assert accuracy >= MEASURED[language] - MARGIN, f"{accuracy:.0%} right\n" + "\n".join([*told, *map(str, wrong)])


@pytest.mark.parametrize("language", Language)
def test_every_category_is_tried(language: Language) -> None:
    tried = {line.split(" ", 1)[0] for line in SENTENCES[language].splitlines()}
    assert tried == {category.code for category in CATALOGUE.categories}
