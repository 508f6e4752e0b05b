"""Own word lists from which the firms of the labelled worlds are named, by style of country. Every firm is invented."""

from __future__ import annotations

# Chinese characters with pinyin and the usual Russian spelling.
HAN: tuple[tuple[str, str, str], ...] = tuple(
    (a[0], a[1:].partition("/")[0], a[1:].partition("/")[2])
    for a in """安an/ань 邦bang/бан 宝bao/бао 博bo/бо 昌chang/чан 辰chen/чэнь 达da/да 东dong/дун 方fang/фан 飞fei/фэй 丰feng/фэн 福fu/фу 高gao/гао 冠guan/гуань 光guang/гуан
    国guo/го 海hai/хай 汉han/хань 航hang/хан 浩hao/хао 恒heng/хэн 弘hong/хун 华hua/хуа 汇hui/хуэй 佳jia/цзя 建jian/цзянь 金jin/цзинь 景jing/цзин 巨ju/цзюй 凯kai/кай
    康kang/кан 科ke/кэ 朗lang/лан 乐le/лэ 力li/ли 联lian/лянь 龙long/лун 隆lun/лунь 迈mai/май 美mei/мэй 明ming/мин 南nan/нань 诺nuo/но 鹏peng/пэн 千qian/цянь 庆qing/цин
    泉quan/цюань 仁ren/жэнь 荣rong/жун 润run/жунь 森sen/сэнь 尚shang/шан 盛sheng/шэн 世shi/ши 顺shun/шунь 思si/сы 泰tai/тай 天tian/тянь 通tong/тун 万wan/вань 威wei/вэй 祥xiang/сян
    新xin/синь 兴xing/син 旭xu/сюй 亚ya/я 阳yang/ян 益yi/и 英ying/ин 永yong/юн 宇yu/юй 元yuan/юань 远yuan/юань 泽ze/цзэ 展zhan/чжань 正zheng/чжэн 志zhi/чжи 中zhong/чжун 卓zhuo/чжо""".split()
)
HAN_PLACE = (
    ("深圳市", "Shenzhen", "Шэньчжэнь"), ("广州市", "Guangzhou", "Гуанчжоу"), ("上海", "Shanghai", "Шанхай"), ("北京", "Beijing", "Пекин"), ("宁波", "Ningbo", "Нинбо"),
    ("杭州", "Hangzhou", "Ханчжоу"), ("义乌市", "Yiwu", "Иу"), ("厦门", "Xiamen", "Сямэнь"), ("青岛", "Qingdao", "Циндао"), ("苏州", "Suzhou", "Сучжоу"), ("东莞市", "Dongguan", "Дунгуань"),
    ("佛山市", "Foshan", "Фошань"), ("天津", "Tianjin", "Тяньцзинь"), ("重庆", "Chongqing", "Чунцин"), ("成都", "Chengdu", "Чэнду"), ("乌鲁木齐", "Urumqi", "Урумчи"), ("哈尔滨", "Harbin", "Харбин"), ("西安", "Xian", "Сиань"),
)  # fmt: skip
# What firms do: English, Chinese, Russian, Spanish, Portuguese, Turkish, Vietnamese, German.
TRADES = (
    ("Trading", "贸易", "Трейд", "Comercial", "Comércio", "Dış Ticaret", "Thương Mại", "Handels"),
    ("Technology", "科技", "Технологии", "Tecnología", "Tecnologia", "Teknoloji", "Công Nghệ", "Technik"),
    ("Electronics", "电子", "Электроника", "Electrónica", "Eletrônica", "Elektronik", "Điện Tử", "Elektronik"),
    ("Logistics", "物流", "Логистик", "Logística", "Logística", "Lojistik", "Vận Tải", "Logistik"),
    (
        "Import and Export",
        "进出口",
        "Импорт-Экспорт",
        "Importadora y Exportadora",
        "Importação e Exportação",
        "İthalat İhracat",
        "Xuất Nhập Khẩu",
        "Import-Export",
    ),
    ("Industrial", "实业", "Промышленная компания", "Industrial", "Industrial", "Sanayi", "Công Nghiệp", "Industrie"),
    ("Machinery", "机械", "Машины", "Maquinaria", "Máquinas", "Makina", "Cơ Khí", "Maschinenbau"),
    ("Medical", "医疗", "Медицина", "Médica", "Médica", "Medikal", "Y Tế", "Medizin"),
    ("Textile", "纺织", "Текстиль", "Textil", "Têxtil", "Tekstil", "Dệt May", "Textil"),
    ("Automotive", "汽车配件", "Автозапчасти", "Automotriz", "Automotiva", "Otomotiv", "Ô Tô", "Fahrzeugteile"),
    ("Materials", "材料", "Материалы", "Materiales", "Materiais", "Malzeme", "Vật Liệu", "Werkstoffe"),
    ("Food", "食品", "Продукты", "Alimentos", "Alimentos", "Gıda", "Thực Phẩm", "Lebensmittel"),
    ("Service", "服务", "Сервис", "Servicios", "Serviços", "Hizmet", "Dịch Vụ", "Service"),
    ("Supply", "供应链", "Снаб", "Suministros", "Suprimentos", "Tedarik", "Cung Ứng", "Versorgung"),
)
TRADE_AT = {"en": 0, "in": 0, "ar": 0, "zh": 1, "ru": 2, "kz": 2, "kg": 2, "uz": 2, "am": 2, "ge": 2, "ua": 2, "rs": 0, "es": 3, "pt": 4, "tr": 5, "vi": 6, "de": 7}  # fmt: skip
# Syllables as Latin and Cyrillic; styles start at different places, so brands of a country sound alike.
SYLLABLES = tuple(
    (c + v, cc + vv)
    for c, cc in zip(
        ("b", "v", "g", "d", "z", "k", "l", "m", "n", "p", "r", "s", "t", "f", "kh", "ch", "sh", "y"),
        "бвгдзклмнпрстфхчшй",
        strict=True,
    )
    for v, vv in zip(
        ("a", "e", "i", "o", "u", "ar", "en", "il", "or", "us"),
        ("а", "е", "и", "о", "у", "ар", "ен", "ил", "ор", "ус"),
        strict=True,
    )
)
ENDS = {
    "tr": ("oğlu", "kaya", "taş", "ışık", "demir", "lar", "tepe", "su"), "ar": ("", " Gulf", " Star", " Noor", " Bay", " Horizon", " Falcon", " Pearl"), "in": ("", "anand", " Shakti", "pur", " Global", "raj", " Overseas", "dev"),
    "vi": (" Phát", " Thành", " Việt", " Long", " Hưng", " An", " Nam", " Minh"), "es": ("", "ado", " del Sur", "illo", " Andina", "era", " del Norte", "ona"), "pt": ("", "ense", " do Sul", "inho", " Brasil", "eira", " Nova", "ão"),
    "de": ("", "mann", "werk", "burg", "tal", "stein", "hof", "bach"), "en": ("", "ton", " Pacific", "co", " Alpha", "way", " Union", "field"), "ru": ("", "", "", ""), "kz": ("", "", "", ""),
}  # fmt: skip
# Legal forms by style: at home, abroad in Latin, in Russian papers; then other spellings of the form at home and abroad.
FORMS: dict[str, tuple[str, str, str, tuple[str, ...], tuple[str, ...]]] = {
    "zh": ("有限公司", "Co., Ltd.", "Ко., Лтд", ("有限责任公司", "有限公司."), ("CO.,LTD", "Co Ltd", "Company Limited", "Limited")),
    "ru": ("ООО", "LLC", "ООО", ("Общество с ограниченной ответственностью",), ("OOO", "Limited Liability Company")),
    "kz": ("ТОО", "LLP", "ТОО", ("Товарищество с ограниченной ответственностью",), ("TOO", "Limited Liability Partnership")),
    "kg": ("ОсОО", "LLC", "ОсОО", ("Общество с ограниченной ответственностью", "ОСОО"), ("OsOO", "Limited Liability Company")),
    "uz": ("ООО", "LLC", "ООО", ("МЧЖ",), ("MChJ",)),
    "am": ("ООО", "LLC", "ООО", ("ООО.",), ("SPE",)),
    "ge": ("ООО", "LLC", "ООО", ("ООО.",), ("Ltd",)),
    "ua": ("ТОВ", "LLC", "ООО", ("Товариство з обмеженою відповідальністю",), ("TOV", "LTD")),
    "rs": ("d.o.o.", "d.o.o.", "д.о.о.", ("DOO", "D.O.O."), ("DOO", "LLC")),
    "tr": ("Ltd. Şti.", "Ltd. Sti.", "Лтд. Шти.", ("Limited Şirketi", "LTD.ŞTİ."), ("LTD STI", "Limited Sirketi")),
    "ar": ("LLC", "LLC", "ЛЛС", ("L.L.C", "L.L.C."), ("L.L.C", "L.L.C.", "Limited Liability Company")),
    "in": ("Pvt. Ltd.", "Pvt. Ltd.", "Пвт. Лтд.", ("Private Limited", "PVT LTD"), ("Private Limited", "PVT LTD", "(P) Ltd")),
    "vi": ("Công Ty TNHH", "Co., Ltd", "Ко., Лтд", ("CTY TNHH", "CÔNG TY TNHH"), ("Company Limited", "CO LTD")),
    "es": ("S.A. de C.V.", "S.A. de C.V.", "С.А.", ("SA DE CV", "S.A. DE C.V."), ("SA DE CV", "S.A. DE CV")),
    "pt": ("Ltda.", "Ltda.", "Лтда.", ("LTDA", "Limitada"), ("LTDA", "Limitada", "Ltd")),
    "de": ("GmbH", "GmbH", "ГмбХ", ("GMBH", "G.m.b.H."), ("GMBH", "G.m.b.H.")),
    "en": ("Ltd.", "Ltd.", "Лтд.", ("Limited", "LTD", "Co., Ltd."), ("Limited", "LTD", "Co., Ltd.")),
}  # fmt: skip
CYRILLIC = frozenset(("ru", "kz", "kg", "uz", "am", "ge", "ua"))
