"""The goods of the simulated world: what they are called in four languages, their code, price and weight.

Brands and models of drones are real names used as facts; codes follow HS 2022; prices and weights are rough launch
values, good enough for a world whose figures are all invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Family = Literal["", "drone", "drone_part"]


@dataclass(frozen=True)
class Good:
    """`usd` and `kg` are per piece (or per kilogram where `unit` is KGM)."""

    hs: str
    en: str
    ru: str
    tr: str
    zh: str
    usd: float
    kg: float
    unit: Literal["C62", "KGM", "MTK"] = "C62"
    family: Family = ""
    brand: str = ""
    model: str = ""

    def name(self, language: str) -> str:
        """The plain goods name in `en`, `ru`, `tr` or `zh`."""
        return str(getattr(self, language))


ORDINARY: tuple[Good, ...] = (
    Good("6907210000", "glazed ceramic floor tiles", "плитка керамическая глазурованная для пола", "sırlı seramik karo", "釉面陶瓷地砖", 6.5, 19, "MTK"),
    Good("6911100000", "porcelain tableware", "посуда столовая фарфоровая", "porselen sofra takımı", "瓷餐具", 1.4, 0.4),
    Good("6109100000", "cotton knitted T-shirts", "футболки трикотажные хлопковые", "pamuklu örme tişört", "棉制针织T恤衫", 3.1, 0.16),
    Good("6203423100", "men's denim trousers", "брюки мужские джинсовые", "erkek kot pantolon", "男式牛仔裤", 8.4, 0.6),
    Good("6204620000", "women's cotton trousers", "брюки женские хлопчатобумажные", "kadın pamuklu pantolon", "女式棉制长裤", 7.2, 0.45),
    Good("6403990000", "leather footwear", "обувь кожаная на резиновой подошве", "deri ayakkabı", "皮面鞋", 14.5, 0.9),
    Good("6404110000", "sports shoes Air 3 with textile upper", "кроссовки Air 3 с текстильным верхом", "spor ayakkabı Air 3", "运动鞋 Air 3", 12.0, 0.7),
    Good("8517130000", "smartphones", "смартфоны сотовой связи", "akıllı telefon", "智能手机", 180, 0.4),
    Good("8517790000", "display modules for mobile phones", "дисплейные модули для мобильных телефонов", "cep telefonu ekran modülü", "手机显示模组", 17, 0.06),
    Good("8507600000", "lithium-ion batteries for mobile phones", "аккумуляторы литий-ионные для мобильных телефонов", "cep telefonu için lityum iyon batarya", "手机用锂离子电池", 4.2, 0.05),
    Good("8471300000", "portable computers", "ноутбуки", "dizüstü bilgisayar", "笔记本电脑", 420, 2.1),
    Good("8525890000", "video surveillance cameras for buildings", "камеры видеонаблюдения для помещений", "bina güvenlik kamerası", "楼宇监控摄像机", 28, 0.5),
    Good("8528724000", "LCD television sets", "телевизоры жидкокристаллические", "LCD televizyon", "液晶电视机", 160, 9.5),
    Good("8516500000", "microwave ovens", "печи микроволновые бытовые", "mikrodalga fırın", "家用微波炉", 44, 12),
    Good("8508110000", "vacuum cleaners", "пылесосы бытовые", "elektrikli süpürge", "家用吸尘器", 38, 5.2),
    Good("8482100000", "ball bearings", "подшипники шариковые", "bilyalı rulman", "滚珠轴承", 1.9, 0.22),
    Good("8483409000", "gearboxes for conveyors", "редукторы для конвейеров", "konveyör redüktörü", "输送机减速器", 210, 31),
    Good("8413703500", "centrifugal pumps for water", "насосы центробежные для воды", "santrifüj su pompası", "离心水泵", 96, 17),
    Good("8481808500", "ball valves, brass", "краны шаровые латунные", "pirinç küresel vana", "黄铜球阀", 3.6, 0.35),
    Good("8487100000", "ship propellers, bronze", "винты гребные судовые бронзовые", "bronz gemi pervanesi", "船用青铜螺旋桨", 830, 64),
    Good("8708999709", "parts of motor vehicles: suspension arms", "части автомобилей: рычаги подвески", "otomobil süspansiyon kolu", "汽车悬架摆臂", 13, 2.4),
    Good("8708301000", "brake pads for passenger cars", "колодки тормозные для легковых автомобилей", "otomobil fren balatası", "轿车刹车片", 7.7, 1.6),
    Good("4011100000", "passenger car tyres", "шины для легковых автомобилей", "binek oto lastiği", "轿车轮胎", 34, 9),
    Good("8714999000", "bicycle wheels MAVIC Cosmic", "колёса велосипедные MAVIC Cosmic", "bisiklet tekerleği MAVIC Cosmic", "自行车轮组 MAVIC Cosmic", 240, 1.9),
    Good("9503007000", "plastic toy sets", "наборы игрушек из пластмассы", "plastik oyuncak seti", "塑料玩具套装", 2.3, 0.3),
    Good("9405110000", "LED chandeliers", "люстры светодиодные", "LED avize", "LED吊灯", 26, 3.8),
    Good("9403609000", "wooden furniture for bedrooms", "мебель деревянная для спален", "ahşap yatak odası mobilyası", "木制卧室家具", 88, 36),
    Good("3926909700", "plastic articles: cable ties", "изделия из пластмасс: стяжки кабельные", "plastik kablo bağı", "塑料扎带", 2.2, 1, "KGM"),
    Good("3920108900", "polyethylene film", "плёнка полиэтиленовая", "polietilen film", "聚乙烯薄膜", 1.9, 1, "KGM"),
    Good("7318158900", "steel bolts", "болты стальные", "çelik cıvata", "钢螺栓", 1.7, 1, "KGM"),
    Good("7604210000", "aluminium profiles", "профили алюминиевые полые", "alüminyum profil", "铝型材", 3.5, 1, "KGM"),
    Good("0805102200", "fresh oranges", "апельсины свежие", "taze portakal", "鲜橙", 0.8, 1, "KGM"),
    Good("0702000000", "fresh tomatoes", "томаты свежие", "taze domates", "鲜番茄", 1.0, 1, "KGM"),
    Good("0901110001", "coffee, not roasted", "кофе нежареный", "kavrulmamış kahve", "未焙炒咖啡", 3.9, 1, "KGM"),
    Good("0902300000", "black tea in packets", "чай чёрный в упаковках", "paket siyah çay", "小包装红茶", 4.6, 1, "KGM"),
    Good("1806329000", "chocolate bars", "шоколад в плитках", "tablet çikolata", "巧克力排块", 5.4, 1, "KGM"),
    Good("3304990000", "skin care creams", "кремы для ухода за кожей", "cilt bakım kremi", "护肤霜", 3.3, 0.2),
    Good("3004900002", "medicaments for retail sale", "лекарственные средства для розничной продажи", "perakende ilaç", "零售包装药品", 6.1, 0.08),
    Good("5407520000", "polyester fabrics, dyed", "ткани полиэфирные окрашенные", "boyalı polyester kumaş", "染色涤纶布", 5.6, 1, "KGM"),
    Good("5703390000", "carpets, tufted", "ковры тафтинговые", "tafting halı", "簇绒地毯", 9.4, 2.6, "MTK"),
    Good("8443328000", "printers for office use", "принтеры офисные", "ofis yazıcısı", "办公打印机", 75, 8),
    Good("8504403008", "power supply units for computers", "блоки питания для компьютеров", "bilgisayar güç kaynağı", "计算机电源", 21, 1.4),
)  # fmt: skip


def _drone(hs: str, latin: str, usd: float, kg: float, *, zh: str = "", ru: str = "") -> Good:
    """`zh` and `ru` are the names under which the maker and the trade know the model, where they differ."""
    brand, model = latin.split(" ", 1)
    return Good(
        hs,
        f"unmanned aerial vehicle {latin}",
        f"беспилотный летательный аппарат (квадрокоптер) {ru or latin}",
        f"insansız hava aracı (drone) {latin}",
        f"无人机 {zh or latin}",
        usd,
        kg,
        family="drone",
        brand=brand,
        model=model,
    )


DRONES: tuple[Good, ...] = (
    _drone("8806221000", "DJI Mavic 3", 2050, 0.92, zh="大疆 御 Mavic 3", ru="DJI Мавик 3"),
    _drone("8806221000", "DJI Mavic 3 Classic", 1490, 0.92, zh="大疆 御 3 Classic"),
    _drone("8806221000", "DJI Mavic 3T", 4900, 0.94),
    _drone("8806221000", "DJI Mavic 2 Enterprise", 3300, 0.93),
    _drone("8806221000", "DJI Air 2S", 940, 0.61),
    _drone("8806210000", "DJI Mini 2", 410, 0.25, ru="DJI Мини 2"),
    _drone("8806210000", "DJI Mini 3 Pro", 720, 0.25),
    _drone("8806221000", "DJI Phantom 4 Pro", 1580, 1.4, zh="大疆 精灵 4 Pro", ru="DJI Фантом 4 Про"),
    _drone("8806221000", "DJI Matrice 30T", 10200, 3.9, zh="大疆 经纬 M30T"),
    _drone("8806230000", "DJI Matrice 300 RTK", 12400, 6.4, zh="大疆 经纬 M300 RTK", ru="DJI Матрис 300 RTK"),
    _drone("8806240000", "DJI Agras T30", 14300, 27, zh="大疆 植保无人机 T30"),
    _drone("8806221000", "Autel EVO II Pro", 1690, 1.2, zh="道通智能 EVO II Pro", ru="Autel ЭВО 2 Про"),
    _drone("8806221000", "Autel EVO II Dual 640T", 5400, 1.2),
    _drone("8806221000", "Autel EVO Lite+", 1150, 0.84),
    _drone("8806210000", "Hubsan Zino Mini Pro", 430, 0.25),
    _drone("8806221000", "FIMI X8SE 2022", 520, 0.78),
    _drone("8806240000", "XAG P40", 9800, 21),
    _drone("8806230000", "Mugin Mugin-5", 9200, 11),
)

PARTS: tuple[Good, ...] = tuple(
    Good(hs, en, ru, tr, zh, usd, kg, family="drone_part", brand=brand)
    for hs, brand, en, ru, tr, zh, usd, kg in (
        ("8807100000", "DJI", "propellers for quadcopter DJI Mavic 3", "пропеллеры для квадрокоптера DJI Mavic 3", "DJI Mavic 3 drone pervanesi", "大疆 Mavic 3 无人机螺旋桨", 9.5, 0.04),
        ("8507600000", "DJI", "intelligent flight battery for drone DJI Mavic 3", "аккумулятор для беспилотника DJI Mavic 3", "DJI Mavic 3 drone bataryası", "大疆 Mavic 3 无人机智能飞行电池", 165, 0.36),
        ("8807300000", "", "flight controllers for unmanned aerial vehicles", "полётные контроллеры для беспилотных летательных аппаратов", "insansız hava aracı uçuş kontrol kartı", "无人机飞行控制器", 74, 0.06),
        ("8501310000", "T-Motor", "brushless motors T-Motor for FPV drones", "бесколлекторные моторы T-Motor для FPV дронов", "FPV drone için T-Motor fırçasız motor", "T-Motor 穿越机无刷电机", 19, 0.05),
        ("8807300000", "", "carbon frames for quadcopters", "рамы карбоновые для квадрокоптеров", "quadcopter için karbon gövde", "四旋翼无人机碳纤维机架", 26, 0.24),
        ("8525890000", "DJI", "gimbal camera Zenmuse H20T for UAV", "подвес с камерой Zenmuse H20T для БПЛА", "İHA için Zenmuse H20T gimbal kamera", "禅思 H20T 无人机云台相机", 8700, 0.83),
        ("8526920000", "DJI", "remote controllers for drones DJI RC", "пульты дистанционного управления дронами DJI RC", "DJI RC drone kumandası", "DJI RC 无人机遥控器", 210, 0.4),
        ("8528590000", "DJI", "FPV goggles for drones DJI Goggles 2", "очки FPV для дронов DJI Goggles 2", "DJI Goggles 2 drone FPV gözlüğü", "DJI Goggles 2 无人机飞行眼镜", 430, 0.3),
        ("8504409000", "", "electronic speed controllers for drones", "регуляторы оборотов для дронов", "drone elektronik hız kontrol ünitesi", "无人机电子调速器", 23, 0.03),
        ("8526912000", "", "GPS modules for unmanned aerial vehicles", "модули GPS для беспилотных летательных аппаратов", "insansız hava aracı GPS modülü", "无人机GPS模块", 31, 0.04),
    )
)  # fmt: skip

# Texts that say nothing. Over a watched code the code alone tells; over another code nothing does.
VAGUE: dict[str, tuple[str, ...]] = {
    "ru": ("запасные части", "аксессуары", "электронные товары", "товар согласно инвойсу", "оборудование"),
    "en": ("spare parts", "accessories", "electronic goods", "as per invoice", "equipment"),
    "tr": ("yedek parça", "aksesuar", "elektronik eşya", "faturaya göre"),
    "zh": ("配件", "零件", "电子产品", "设备"),
}
# What declarants add to a goods name; {n} is an article number, {m} another.
EXTRAS: dict[str, tuple[str, ...]] = {
    "ru": ("арт. {n}", "модель {n}, новые", "не военного назначения", "в ассортименте, артикул {n}", "упакованы в {m} картонных коробок", "см. дополнение, поз. {m}"),
    "en": ("art. {n}", "model {n}, new", "for civil use", "assorted, item {n}", "packed in {m} cartons", "PO {n}"),
    "tr": ("art. {n}", "model {n}", "muhtelif, {m} koli", "yeni, sipariş no {n}"),
    "zh": ("货号{n}", "型号{n}", "民用", "全新 共{m}箱"),
}  # fmt: skip
