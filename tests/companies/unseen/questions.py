"""What somebody who has not seen the search asks it, in every way that the issue promises."""

from tests.companies.unseen.truth import Question

NOBODY: frozenset[str] = frozenset()


def ask(kind, q, must="", *more, **details):
    return Question(kind, q, must, *more, **details)


def same_rule(kind, must, *questions, **details):
    return [ask(kind, q, must, **details) for q in questions]


def typed(word, start, must="{}"):
    """Each beginning of a word, as somebody types it."""
    return [ask("prefix", word[:end], must.format(word[:end].lower())) for end in range(start, len(word) + 1)]


def infixes(*parts):
    return [ask("chinese", part, part.lower(), exact=True) for part in parts]


CHINESE = [
    *infixes(
        "陶瓷", "瓷砖", "窑陶", "数控机床", "床集", "轮胎", "川轮", "锂电", "铁锂", "银行", "音乐", "庆两江"
    ),
    *infixes(
        "新能源", "火锅底料", "5G专网", "LED灯", "3D打印", "IGBT模块", "变压器", "州桂驰", "光纤", "电机"
    ),
    *infixes("卡车合资", "圳LED", "4K摄像机", "C3604铜", "曾厝", "乐山调味"),
    *infixes("机器人", "乐动", "密机", "中药饮片", "燃料电池", "装载机", "午线", "行业", "无人机科技有限"),
]
TRADITIONAL = [
    ask("traditional", "陶瓷機械", "陶瓷机械", exact=True),
    ask("traditional", "電機", "电机", exact=True),
    ask("traditional", "電動機", "电动机", exact=True),
    ask("traditional", "数控機床", "数控机床", exact=True),
    ask("traditional", "銀行", "银行", exact=True),
    ask("traditional", "長春", "长春", exact=True),
    ask("traditional", "重慶摩托車", "重庆 & 摩托车"),
    ask("traditional", "汽車零部件", "汽车零部件"),
    ask("traditional", "笔记型电脑", "笔记型电脑", exact=True),
    ask("traditional", "通信网络", "通信网络", exact=True),
    ask("traditional", "发电机", "发电机", exact=True),
    ask("traditional", "慕尼黑啤酒", "慕尼黑 & 啤酒"),
]
ONE = [
    ask("one", char, char, names_only=True, exact=True)
    for char in ("茶", "酒", "钢", "糖", "桥", "窑", "蟹", "銀")
]
ONE[-1] = ask("one", "銀", "银", names_only=True, exact=True)
PINYIN = [
    *same_rule("pinyin", "taoci | 陶瓷", "taoci", "tao ci", "TAOCI"),
    *same_rule("pinyin", "foshan & taoci | 陶瓷", "foshan taoci", "taoci foshan", "fo shan tao ci"),
    *same_rule("pinyin", "银行", "yinhang", "yin hang"),
    *same_rule("pinyin", "音乐", "yinyue", "yin yue"),
    *same_rule("pinyin", "chongqing", "chongqing", "chong qing", "Chongqing"),
    *same_rule("pinyin", "changchun", "changchun", "chang chun"),
    *same_rule("pinyin", "摩托车 | motuoche", "motuoche", "mo tuo che"),
    *same_rule("pinyin", "机床", "jichuang", "ji chuang"),
    *same_rule("pinyin", "数控机床", "shukong jichuang", "shukongjichuang", "shu kong ji chuang"),
    *same_rule("pinyin", "啤酒", "pijiu", "pi jiu"),
    *same_rule("pinyin", "lüliang", "lüliang", "lvliang", "luliang", "lü liang"),
    *same_rule("pinyin", "西安 | xi'an", "xi'an", "xi an"),
    ask(
        "pinyin",
        "xian",
        "西安 | xi'an",
        may="纤 | 线 | 鲜 | 相 | 香 | 乡 | 显 | 仙 | 县 | 现 | 箱 | 响 | 象 | 向",
    ),
    ask("pinyin", "wurenji", "无人机"),
    ask("pinyin", "gangqin", "钢琴 | gangqin"),
    ask("pinyin", "liuzhou qiche", "liuzhou & 汽车 | qiche"),
    ask("pinyin", "huoguo diliao", "火锅底料"),
    ask("pinyin", "boli", "玻璃"),
    ask("pinyin", "yiliao", "医疗"),
    ask("pinyin", "luntai", "轮胎"),
    ask("pinyin", "reganmian", "热干面"),
    ask("pinyin", "hangye", "行业", names_only=True),
    ask("pinyin", "zhongyou", "重油"),
    ask("pinyin", "changzu gongyu", "长租公寓"),
    ask("pinyin", "ledong", "乐动", names_only=True),
    ask("pinyin", "yuehai", "粤海", names_only=True),
    ask("pinyin", "jiqiren", "机器人"),
    ask("pinyin", "dianji", "电机 | dianji", names_only=True),
    ask("pinyin", "yuyao taoci youxian gongsi", keys=frozenset({"yuyao"})),
    ask("pinyin", "siyu sichou", "丝语丝绸"),
    ask("pinyin", "yueqi", "乐器"),
    *same_rule("pinyin", "陶瓷 | taoci", "táocí"),
    *same_rule("pinyin", "foshan & 陶瓷 | taoci", "foshantaoci", "Fóshān táocí"),
    *same_rule("pinyin", "朝阳", "chaoyang", "chao yang", names_only=True),
    *same_rule("pinyin", "长安 | chang'an", "changan", "chang'an"),
    *same_rule("pinyin", "绿化", "lvhua", "lühua", "luhua"),
    ask("pinyin", "bomo", "薄膜"),
    ask("pinyin", "lvyou", "旅游", may="绿油 | 铝油 | 驴友"),
]
PINYIN += [
    ask("pinyin", q, chinese)
    for q, chinese in [
        ("renshen", "人参"),
        ("qianbi", "铅笔"),
        ("fangbian", "方便"),
        ("zhongxing", "重型 | 中型"),
        ("chuandong", "传动"),
        ("celiang", "测量"),
        ("huizhan", "会展"),
        ("kuaiji", "会计"),
        ("xiamen", "厦门"),
        ("liubaocha", "六堡茶"),
        ("changjiang", "长江"),
        ("kuaile", "快乐"),
        ("dadu", "大都"),
        ("shuiyin", "水银"),
        ("tanhuang", "弹簧"),
        ("chasuqi", "差速器"),
        ("sanreqi", "散热器"),
        ("panyu", "番禺"),
        ("leshan", "乐山"),
        ("tiaoweiliao", "调味料"),
        ("dasha", "大厦"),
        ("moxing", "模型"),
        ("muju", "模具"),
        ("jiaozhun", "校准"),
        ("chongya", "冲压"),
        ("chuanganqi", "传感器"),
        ("dashuju", "大数据"),
        ("niulunbao", "纽伦堡"),
    ]
]
UMLAUTS = [
    *same_rule("umlaut", "münchen | munich", "München", "Muenchen", "Munchen", "MÜNCHEN"),
    *same_rule("umlaut", "köln", "Köln", "koeln", "koln", "KOELN"),
    *same_rule("umlaut", "öfen & könig", "Öfen König", "oefen koenig", "ofen konig", "ÖFEN-KÖNIG"),
    *same_rule("umlaut", "großmann", "Großmann", "Grossmann", "GROSSMANN", "GROẞMANN"),
    *same_rule("umlaut", "straßenbahnen", "Straßenbahnen", "Strassenbahnen"),
    *same_rule("umlaut", "straßenbau", "Straßenbau", "strassenbau", "STRASSENBAU"),
    *same_rule("umlaut", "hörgeräte", "Hörgeräte", "Hoergeraete", "Horgerate", "HÖRGERÄTE"),
    *same_rule("umlaut", "klauß & söhne", "Klauß & Söhne", "klauss soehne", "Klauss Sohne"),
    *same_rule("umlaut", "maßstäbe", "Maßstäbe", "Massstaebe", "massstabe"),
    *same_rule("umlaut", "maßwerk | masswerk", "Maßwerk", "Masswerk"),
    *same_rule("umlaut", "ärztehaus", "Ärztehaus", "Aerztehaus", "Arztehaus"),
    *same_rule("umlaut", "öhlschläger", "Oehlschlaeger", "Ohlschlager"),
    *same_rule("umlaut", "gießen", "Gießen", "Giessen"),
    *same_rule("umlaut", "düsseldorf", "Düsseldorf", "duesseldorf", "dusseldorf"),
    *same_rule("umlaut", "~geräte", "Geräte", "Geraete"),
    *same_rule("umlaut", "~bräu", "Bräu", "braeu"),
    *same_rule("umlaut", "krüll", "Krüll", "Kruell", "Krull"),
]
COMPOUNDS = [
    ask("compound", part, f"~{part.lower()}")
    for part in (
        "Maschinenbau",
        "Motorenbau",
        "Bier",
        "Stahl",
        "Glas",
        "Zucker",
        "Papier",
        "Keramik",
        "Werkzeug",
    )
] + [
    ask("compound", part, f"~{part.lower()}")
    for part in (
        "Technik",
        "Halbleiter",
        "Lager",
        "Akku",
        "Optik",
        "Druck",
        "Bau",
        "Wagen",
        "maschinen",
        "Chemie",
    )
]
COMPOUNDS += [
    ask("compound", "Gießerei", "~gießerei"),
    ask("compound", "Sensoren", "~sensoren"),
    ask("compound", "Roboter", "~roboter"),
    ask("compound", "Zylinder", "~zylinder"),
    ask("compound", "Brauerei", "~brauerei"),
    ask("compound", "Blech", "~blech"),
    ask("compound", "Fabrik", "~fabrik"),
    ask("compound", "Spielzeug", "~spielzeug"),
    ask("compound", "Bus", "~bus"),
    ask("compound", "Tee", "~tee"),
    ask("compound", "Küche", "~küche"),
    ask("compound", "Vermittlung", "~vermittlung"),
    ask("compound", "Rad", "~rad"),
    ask("compound", "Motor", "~motor"),
]
PREFIXES = [
    *typed("Brennstoffzellen", 3),
    *typed("Marzipan", 3),
    ask("prefix", "semicond", "semicond"),
    ask("prefix", "taoc", "taoc | 陶瓷"),
    ask("prefix", "motuo", "motuo | 摩托"),
    ask("prefix", "chongq", "chongq"),
    ask("prefix", "Köln Kera", "köln & ~kera"),
    ask("prefix", "Werkzeugmasch", "werkzeugmasch"),
    ask("prefix", "ul", "ul", may="~ul"),
    ask("prefix", "Lithium-Io", "lithium & io"),
    ask("prefix", "changch", "changch"),
]
TYPOS = [
    ask("typo", "Werkzeugmachinenbau", "~werkzeugmaschinenbau"),
    ask("typo", "Marzpian", "~marzipan"),
    ask("typo", "Kugelager", "~kugellager"),
    ask("typo", "Transformatorren", "transformatoren"),
    ask("typo", "Brenstoffzellen", "brennstoffzellen"),
    ask("typo", "Osnabrick", "osnabrück"),
    ask("typo", "Wupertal", "wuppertal"),
    ask("typo", "Chemnits", "chemnitz"),
    ask("typo", "Porzelan", "~porzellan"),
    ask("typo", "motorcycels", "motorcycles"),
    ask("typo", "chonqging", "chongqing"),
    ask("typo", "gaungzhou", "guangzhou"),
    ask("typo", "Hydraulikzylindr", "hydraulikzylinder"),
    ask("typo", "Lebkuhcen", "lebkuchen"),
    ask("typo", "Schwebelfit", "schwebelift"),
    ask("typo", "Zementwrek", "zementwerk"),
    ask("typo", "Sateliten", "satelliten"),
    ask("typo", "Köln Keramjk", "köln & ~keramik"),
    ask("typo", "Aachen Nähmaschinennadlen", "aachen & nähmaschinennadeln"),
    ask("typo", "motouche", "motuoche", names_only=True),
    ask("typo", "火锅抵料", "火锅底料"),
    ask("typo", "重庆磨托车", "重庆 & 摩托车", names_only=True),
    ask("typo", "Elbrpharm", keys=frozenset({"pharw"})),
    ask("typo", "Hörgräte Hanover", "hörgeräte & hanover"),
    ask("typo", "Beatmungsgerähte", "beatmungsgeräte"),
    ask("typo", "Munhcen", "münchen | munich"),
    ask("typo", "Narzipan", "~marzipan"),
    ask("typo", "Görlits", "görlitz"),
    ask("typo", "Lübek Marzipn", "lübeck & ~marzipan"),
    ask("typo", "qingado", "qingdao"),
    ask("typo", "shenzen", "shenzhen"),
    ask("typo", "Motorenbua", "~motorenbau"),
    ask("typo", "Bruerei", "~brauerei"),
    ask("typo", "Sensro", "~sensor"),
    ask("typo", "Zündax Motorrat", "zündax & ~motorrad"),
    ask("typo", "glockne", "~glocken"),
]
INDUSTRIES = [
    ask("industry", "porcelain and ceramic products", "porcelain & ceramic & products"),
    ask("industry", "其他陶瓷制品", "其他陶瓷制品", may="其他 & 陶瓷 & 制品"),
    ask("industry", "keramischen Erzeugnissen", "~keramischen & erzeugnissen"),
    ask("industry", "轴承", "轴承", exact=True),
    ask("industry", "bearings", "bearings"),
    ask("industry", "Getrieben Zahnrädern", "getrieben & zahnrädern"),
    ask("industry", "Bier und Malz", "bier & malz"),
    ask("industry", "malt liquors", "malt & liquors"),
    ask("industry", "麦芽酒", "麦芽酒", exact=True),
    ask("industry", "musical instruments", "musical & instruments"),
    ask("industry", "乐器的制造", "乐器的制造", exact=True),
    ask("industry", "Musikinstrumenten", "musikinstrumenten"),
    ask("industry", "家具", "家具", exact=True),
    ask("industry", "pharmaceuticals", "pharmaceuticals"),
    ask("industry", "药品", "药品", exact=True),
    ask("industry", "铁路机车", "铁路机车", exact=True),
    ask("industry", "Schienenfahrzeugbau", "schienenfahrzeugbau"),
    ask("industry", "machine tools", "machine & tools"),
    ask("industry", "insurance", "insurance"),
    ask("industry", "保险", "保险", exact=True),
    ask("industry", "液压", "液压", exact=True),
    ask("industry", "自行车", "自行车", exact=True),
    ask("industry", "Batterien und Akkumulatoren", "batterien & akkumulatoren"),
    ask("industry", "glass and glass products", "glass & products"),
    ask("industry", "Herstellung von Spielwaren", "herstellung & spielwaren"),
    ask("industry", "jixie", "机械"),
    ask("industry", "zhoucheng", "轴承"),
]
CITIES = [
    ask("city", q, must, exact=True)
    for q, must in [
        ("科隆", "科隆"),
        ("Cologne", "cologne"),
        ("慕尼黑", "慕尼黑"),
        ("Munich", "munich"),
        ("紐倫堡", "纽伦堡"),
        ("Nuremberg", "nuremberg"),
        ("Hanover", "hanover"),
        ("汉诺威", "汉诺威"),
        ("Brunswick", "brunswick"),
        ("不伦瑞克", "不伦瑞克"),
        ("Peking", "peking"),
        ("Kanton", "kanton"),
        ("Tsingtau", "tsingtau"),
        ("Nanking", "nanking"),
        ("南京", "南京"),
        ("佛山市", "佛山市"),
        ("Foshan", "foshan"),
        ("西安", "西安"),
        ("法兰克福", "法兰克福"),
        ("Frankfurt am Main", "frankfurt & am & main"),
        ("Bad Homburg", "bad & homburg"),
        ("哈勒", "哈勒"),
        ("亚琛", "亚琛"),
        ("重慶市", "重庆市"),
        ("Lübeck", "lübeck"),
    ]
]
CITIES += [
    ask("city", "kelong", "科隆", may="克龙 | 克隆"),
    ask("city", "munihei", "慕尼黑"),
    ask("city", "Schanghai", "schanghai | shanghai"),
    ask("city", "Halle (Saale)", "halle & saale"),
    ask("city", "杜塞尔多夫市", "杜塞尔多夫"),
]
LEGAL = [
    ask("legal", "Krüll GmbH", "krüll"),
    ask("legal", "Krüll AG", "krüll"),
    ask("legal", "佛山玉窑有限公司", keys=frozenset({"yuyao"})),
    ask("legal", "Elberpharm GmbH", keys=frozenset({"pharw"})),
    ask("legal", "蓝珂股份有限公司", "蓝珂"),
    ask("legal", "众禾有限责任公司", "众禾"),
    ask("legal", "Wiesnbräu mbH", "wiesnbräu"),
    ask("legal", "ABC GmbH & Co. KG", "abc"),
    ask("legal", "Isarchip AG", "isarchip"),
    ask("legal", "Brandlhof e.K.", "brandlhof"),
    ask("legal", "Brandlhof e. K.", "brandlhof"),
    ask("legal", "Zhonghe Co., Ltd.", "zhonghe"),
    ask("legal", "Textec Gesellschaft mit beschränkter Haftung", "textec"),
    ask("legal", "Grotrian SE", "grotrian"),
    ask("legal", "Dialysetechnik SE & Co. KGaA", "dialysetechnik"),
    ask("legal", "KI-Fabrik UG (haftungsbeschränkt)", "ki & fabrik"),
    ask("legal", "Zum Grünen Krug GmbH und Co KG", "zum & grünen & krug"),
    ask("legal", "德兹有限公司", "德兹"),
    ask("legal", "岳砺股份有限公司", "岳砺"),
    ask("legal", "佛山玉窑陶瓷有限", keys=frozenset({"yuyao"})),
    ask("legal", "panyu sanreqi youxian gongsi", "番禺 & 散热器"),
    ask("legal", "Patentanwälte GbR München", "patentanwälte & münchen"),
]
