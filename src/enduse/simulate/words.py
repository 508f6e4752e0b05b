"""Own words of the simulated world: syllables, places and legal forms from which its firms are named. All firms are invented."""

from __future__ import annotations

# Chinese syllable as character, pinyin and Palladius (the usual Russian spelling): one firm, three scripts.
HAN: tuple[tuple[str, str, str], ...] = (
    ("云", "Yun", "Юнь"), ("岭", "Ling", "Лин"), ("澜", "Lan", "Лань"), ("腾", "Teng", "Тэн"), ("瀚", "Han", "Хань"),
    ("翎", "Ling", "Лин"), ("朔", "Shuo", "Шо"), ("琮", "Cong", "Цун"), ("霁", "Ji", "Цзи"), ("骁", "Xiao", "Сяо"),
    ("穹", "Qiong", "Цюн"), ("屹", "Yi", "И"), ("沛", "Pei", "Пэй"), ("锐", "Rui", "Жуй"), ("禾", "He", "Хэ"),
    ("棠", "Tang", "Тан"), ("钧", "Jun", "Цзюнь"), ("曜", "Yao", "Яо"), ("淼", "Miao", "Мяо"), ("徽", "Hui", "Хуэй"),
    ("苒", "Ran", "Жань"), ("峥", "Zheng", "Чжэн"), ("溯", "Su", "Су"), ("砺", "Li", "Ли"), ("鸢", "Yuan", "Юань"),
)  # fmt: skip
HAN_CITY: tuple[tuple[str, str, str], ...] = (
    ("深圳市", "Shenzhen", "Шэньчжэнь"), ("广州", "Guangzhou", "Гуанчжоу"), ("义乌市", "Yiwu", "Иу"), ("杭州", "Hangzhou", "Ханчжоу"),
    ("宁波", "Ningbo", "Нинбо"), ("厦门", "Xiamen", "Сямэнь"), ("青岛", "Qingdao", "Циндао"), ("哈尔滨", "Harbin", "Харбин"),
    ("乌鲁木齐", "Urumqi", "Урумчи"), ("佛山市", "Foshan", "Фошань"),
)  # fmt: skip
HAN_TRADE: tuple[tuple[str, str, str], ...] = (
    ("科技", "Technology", "Текнолоджи"), ("贸易", "Trading", "Трейдинг"), ("电子", "Electronics", "Электроникс"),
    ("进出口", "Import and Export", "Импорт энд Экспорт"), ("实业", "Industrial", "Индастриал"),
)  # fmt: skip

# Russian and Kazakh firms: two halves of an invented name, Cyrillic and the customary romanisation.
RU_HEAD: tuple[tuple[str, str], ...] = (
    ("Север", "Sever"), ("Кедр", "Kedr"), ("Ладо", "Lado"), ("Весто", "Vesto"), ("Гранит", "Granit"), ("Полюс", "Polyus"), ("Яро", "Yaro"),
    ("Тайга", "Tayga"), ("Ключ", "Klyuch"), ("Орион", "Orion"), ("Ритмо", "Ritmo"), ("Боро", "Boro"), ("Щит", "Shchit"), ("Маяк", "Mayak"),
    ("Югра", "Yugra"), ("Хорс", "Khors"), ("Жемчуг", "Zhemchug"), ("Эльбар", "Elbar"), ("Цвето", "Tsveto"), ("Невал", "Neval"),
    ("Байкало", "Baykalo"), ("Вихрь", "Vikhr"), ("Дельфо", "Delfo"), ("Заря", "Zarya"), ("Иртыш", "Irtysh"), ("Лесо", "Leso"),
    ("Мирта", "Mirta"), ("Обь", "Ob"), ("Парус", "Parus"), ("Родник", "Rodnik"), ("Сокол", "Sokol"), ("Тверь", "Tver"),
    ("Урман", "Urman"), ("Факел", "Fakel"), ("Чайка", "Chayka"), ("Шторм", "Shtorm"), ("Энерго", "Energo"), ("Янтарь", "Yantar"),
)  # fmt: skip
RU_TAIL: tuple[tuple[str, str], ...] = (
    ("снаб", "snab"), ("импорт", "import"), ("торг", "torg"), ("логистик", "logistik"), ("ком", "kom"), ("прибор", "pribor"),
    ("сервис", "servis"), ("мебель", "mebel"), ("продукт", "produkt"), ("техника", "tekhnika"), ("строй", "stroy"), ("линия", "liniya"),
    ("центр", "tsentr"), ("групп", "grupp"), ("альянс", "alyans"), ("резерв", "rezerv"),
)  # fmt: skip
KZ_HEAD: tuple[tuple[str, str], ...] = (
    ("Алтын", "Altyn"), ("Дала", "Dala"), ("Сункар", "Sunkar"), ("Тулпар", "Tulpar"), ("Жетысай", "Zhetysay"), ("Кокше", "Kokshe"),
    ("Арман", "Arman"), ("Бастау", "Bastau"), ("Шанырак", "Shanyrak"), ("Ертис", "Yertis"), ("Болашак", "Bolashak"), ("Думан", "Duman"),
)  # fmt: skip
KZ_NEXT: tuple[tuple[str, str], ...] = (
    ("", ""), (" Жол", " Zhol"), (" Кала", " Kala"), (" Самал", " Samal"), (" Нур", " Nur"), (" Барыс", " Barys"), (" Тау", " Tau"),
    (" Булак", " Bulak"), (" Аспан", " Aspan"), (" Орда", " Orda"), (" Кен", " Ken"), (" Меруерт", " Meruyert"),
)  # fmt: skip
KZ_TAIL: tuple[tuple[str, str], ...] = (
    (" Трейд", " Trade"), (" Сауда", " Sauda"), (" Логистик", " Logistic"), (" Импэкс", " Impex"), (" Техно", " Techno"), (" Групп", " Group"),
)  # fmt: skip
# Elsewhere the invented part of a name is put together from a first and a second word.
BRAND: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "TR": (("Yıldız", "Çınar", "Gök", "Öz", "Şah", "Beyaz", "Ilgaz", "Kuzgun", "Uçar", "Doğru", "Ağrı", "Pınar"), ("dıran", "lı Liman", "şen", "demirci", "baz", "kaya", "tepe", "pınarı", "oğlu", "soylu", "ışık", "çelik")),
    "AE": (("Al Marjaan", "Qasr", "Desert", "Bayt", "Sahil", "Liwa", "Nakheela", "Hajar", "Blue", "Rub", "Jumana", "Zafeer"), ("Ruby", "Heron", "Noor", "Star", "Crescent", "Gate", "Dhow", "Oasis", "Falak", "Compass")),
    "DE": (("Brenner", "Elb", "Kran", "Mittel", "Oster", "Rhein", "Silber", "Wulf"), ("hof", "winkel", "holz", "feldt", "see", "talhaus", "bach", "ring")),
    "IN": (("Shiv", "Kaveri ", "Malab", "Ran", "Suryo", "Vindh"), ("ansara", "lotus", "aria", "thari", "daya", "yana")),
    "VN": (("Sao ", "Hoa ", "Truong ", "Mekong ", "Bien ", "Nam "), ("Lam", "Xanh", "Vang", "Sen", "Moi", "Phuc Hung")),
    "BR": (("Aurora ", "Campo ", "Ipe ", "Rio ", "Porto "), ("Verde", "Lindo", "Dourado", "Serrano", "Novo Sul")),
}  # fmt: skip
# What the firm does, and its legal forms.
TRADE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "TR": (("Dış Ticaret", "Tekstil Sanayi ve Ticaret", "Makina Sanayi ve Ticaret", "Gıda Sanayi ve Ticaret", "Elektronik Ticaret"), ("Ltd. Şti.", "A.Ş.")),
    "AE": (("General Trading", "Electronics Trading", "Cargo and Trading", "Aviation Supplies", "Foodstuff Trading"), ("LLC", "FZE", "FZCO")),
    "DE": (("Handels", "Maschinenbau", "Import"), ("GmbH", "GmbH & Co. KG", "AG")),
    "IN": (("Exports", "Ceramics", "Pharma"), ("Pvt. Ltd.",)),
    "VN": (("Trading", "Garment", "Production"), ("Co., Ltd.",)),
    "BR": (("Comércio", "Importação"), ("Ltda.",)),
}  # fmt: skip

CITY: dict[str, tuple[str, ...]] = {
    "RU": ("Москва", "Екатеринбург", "Новосибирск", "Владивосток", "Санкт-Петербург"),
    "KZ": ("Алматы", "Астана", "Актобе", "Костанай"),
    "TR": ("İstanbul", "Mersin", "İzmir", "Gaziantep"),
    "AE": ("Dubai", "Sharjah", "Ras Al Khaimah"),
}

# Names of countries as each layout writes them.
COUNTRY: dict[str, dict[str, str]] = {
    "ru": {"CN": "КИТАЙ", "RU": "РОССИЯ", "KZ": "КАЗАХСТАН", "TR": "ТУРЦИЯ", "AE": "ОАЭ", "DE": "ГЕРМАНИЯ", "IN": "ИНДИЯ", "VN": "ВЬЕТНАМ", "BR": "БРАЗИЛИЯ"},
    "en": {"CN": "CHINA", "RU": "RUSSIAN FEDERATION", "KZ": "KAZAKHSTAN", "TR": "TURKEY", "AE": "UNITED ARAB EMIRATES", "DE": "GERMANY", "IN": "INDIA", "VN": "VIETNAM", "BR": "BRAZIL"},
    "tr": {"CN": "ÇİN", "RU": "RUSYA FEDERASYONU", "KZ": "KAZAKİSTAN", "TR": "TÜRKİYE", "AE": "BİRLEŞİK ARAP EMİRLİKLERİ", "DE": "ALMANYA", "IN": "HİNDİSTAN", "VN": "VİETNAM", "BR": "BREZİLYA"},
    "zh": {"CN": "中国", "RU": "俄罗斯", "KZ": "哈萨克斯坦", "TR": "土耳其", "AE": "阿联酋", "DE": "德国", "IN": "印度", "VN": "越南", "BR": "巴西"},
}  # fmt: skip
