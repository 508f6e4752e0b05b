"""Customs descriptions as declarants write them, in eight languages: templates for the bench, ours, no row of any data set.

{b} brand, {m} model (both already spelt by the noise of `goods_texts`), {n} a number, {c} an article code, {s} a serial
number, {k} a weight. `FIRST` was in sight while the rules of the goods room were written; `LATER` was written when they
were done and is measured once, as the unseen figure.
"""

from __future__ import annotations

Templates = dict[str, dict[str, tuple[str, ...]]]

FIRST: Templates = {
    "drone": {
        "en": (
            "{b} {m} drone with 4K camera, {n} pcs, S/N {s}",
            "QUADCOPTER {b} {m} (COMPLETE SET: AIRCRAFT, RC, 3 BATTERIES), P/N {c}",
            "unmanned aerial vehicle, brand {b}, model {m}, MTOW {k} kg",
            "{b} {m} Fly More Combo, new, in retail box",
            "{n} CTNS STC UAV {b} {m} W/CAMERA FOR AERIAL PHOTOGRAPHY",
            "Remotely piloted aircraft system {b} {m}; net weight {k} kg; HS 8806",
            "{b} {m}, {c}, qty {n}",
            "UNMANNED AIRCRAFT ({b} {m}) FOR AGRICULTURAL SPRAYING",
        ),
        "ru": (
            "КВАДРОКОПТЕР {b} {m} С КАМЕРОЙ, ДЛЯ ФОТО И ВИДЕОСЪЕМКИ, {n} ШТ., АРТ. {c}",
            "беспилотный летательный аппарат {b} {m}, взлётная масса {k} кг, пульт и аккумулятор в комплекте",
            "БПЛА марки {b}, модель {m}, серийный номер {s}, новый",
            "Дрон {b} {m} гражданского назначения, не для военных целей, {n} шт",
            "БЕСПИЛОТНОЕ ВОЗДУШНОЕ СУДНО МУЛЬТИРОТОРНОГО ТИПА: {b} {m}, ИЗГОТОВИТЕЛЬ НЕ УКАЗАН",
            "{b} {m}, артикул {c}, {n} шт., страна происхождения КИТАЙ",
            "Коптер {b} {m} в сборе, для мониторинга с/х угодий",
        ),
        "uk": (
            "Квадрокоптер {b} {m} з камерою, {n} шт, для аерозйомки",
            "БЕЗПІЛОТНИЙ ЛІТАЛЬНИЙ АПАРАТ {b} {m}, СЕРІЙНИЙ НОМЕР {s}",
            "Дрон торгової марки {b}, модель {m}, злітна маса {k} кг",
            "БпЛА {b} {m}, комплект: пульт, 3 акумулятори, кейс",
        ),
        "zh": (
            "无人机 {b} {m} 带4K相机 数量{n}台",
            "{b}{m}四旋翼无人机|用途:航拍|型号:{m}",
            "多旋翼无人飞行器，品牌：{b}，型号：{m}，起飞重量{k}千克",
            "{b} {m} 农业植保无人机 含遥控器 电池",
            "航拍飞行器/{b}牌/{m}/全新",
        ),
        "es": (
            "DRON MARCA {b} MODELO {m} CON CAMARA Y CONTROL REMOTO, {n} UNIDADES",
            "Cuadricóptero {b} {m}, uso civil, peso {k} kg",
            "Aeronave no tripulada (dron) {b} {m} para fotografía aérea, ref. {c}",
            "VEHICULO AEREO NO TRIPULADO {b} {m}, NUEVO, S/N {s}",
        ),
        "pt": (
            "DRONE {b} {m} COM CAMERA, CONTROLE REMOTO E {n} BATERIAS",
            "Veículo aéreo não tripulado marca {b}, modelo {m}, peso {k} kg",
            "Aeronave remotamente pilotada {b} {m}, uso agrícola, nº série {s}",
            "Quadricóptero {b} {m}, novo, em caixa de papelão",
        ),
        "tr": (
            "{b} {m} İNSANSIZ HAVA ARACI, KAMERALI, {n} ADET",
            "Drone {b} {m}, kumanda ve {n} batarya dahil, seri no {s}",
            "{b} marka {m} model dört pervaneli drone, kalkış ağırlığı {k} kg",
            "İHA (insansız hava aracı) {b} {m}, tarımsal ilaçlama için",
        ),
        "vi": (
            "Máy bay không người lái {b} {m}, có camera, hàng mới 100%, {n} chiếc",
            "Flycam {b} {m}, kèm điều khiển và pin, số serial {s}",
            "THIẾT BỊ BAY KHÔNG NGƯỜI LÁI HIỆU {b}, MODEL {m}, TRỌNG LƯỢNG {k} KG",
            "Drone {b} {m} dùng để phun thuốc trừ sâu",
        ),
    },
    "drone_part": {
        "en": (
            "propellers for {b} {m}, {n} pairs",
            "{b} {m} INTELLIGENT FLIGHT BATTERY, P/N {c}",
            "spare parts for UAV {b} {m}: arm, landing gear",
            "Gimbal camera assembly for drone {b} {m}, {n} pcs",
            "remote controller for quadcopter {b} {m}",
            "ESC board, used in {b} {m} drone, {c}",
            "battery charging hub for {b} {m} drone",
        ),
        "ru": (
            "АККУМУЛЯТОР ЛИТИЙ-ПОЛИМЕРНЫЙ ДЛЯ КВАДРОКОПТЕРА {b} {m}, {n} ШТ",
            "Пропеллеры к дрону {b} {m}, пластик, арт. {c}",
            "запасные части для БПЛА {b} {m}: лучи, шасси",
            "Пульт управления для беспилотника {b} {m}",
            "Двигатель бесколлекторный для {b} {m}, {c}",
        ),
        "uk": ("Пропелери для квадрокоптера {b} {m}, {n} пар", "Акумулятор до дрона {b} {m}", "Запчастини до БпЛА {b} {m}, рама"),
        "zh": ("{b} {m}无人机电池 {n}块", "{b} {m} 螺旋桨 桨叶 {n}对", "无人机零件(电机) 适用于{b} {m}", "{b} {m}无人机用云台相机"),
        "es": ("Hélices para dron {b} {m}, {n} pares", "BATERIA DE LITIO PARA DRON {b} {m}", "Repuestos de cuadricóptero {b} {m}: motor"),
        "pt": ("Hélices para drone {b} {m}, {n} pares", "BATERIA INTELIGENTE PARA DRONE {b} {m}", "Peças de reposição para drone {b} {m}"),
        "tr": ("{b} {m} drone pervanesi, {n} adet", "{b} {m} İNSANSIZ HAVA ARACI İÇİN BATARYA", "{b} {m} drone yedek parça: motor"),
        "vi": ("Cánh quạt cho flycam {b} {m}, {n} cặp", "PIN DÙNG CHO DRONE {b} {m}", "Linh kiện máy bay không người lái {b} {m}: động cơ"),
    },
    "": {
        "en": (
            "hard carrying case for {b} {m} drone",
            "ND filter set for {b} {m}",
            "Book: flying the {b} {m} quadcopter",
            "vinyl sticker skin {b} {m}",
            "landing pad foldable for drone {b} {m}",
            "TOY FIGURE IN SHAPE OF A DRONE, PLASTIC, FOR CHILDREN 3+",
        ),
        "ru": (
            "Кейс для переноски квадрокоптера {b} {m}",
            "СУМКА ТЕКСТИЛЬНАЯ ДЛЯ ДРОНА {b} {m}",
            "Набор светофильтров для {b} {m}",
            "Книга о беспилотниках {b}",
            "игрушка детская квадрокоптер пластмассовый, без камеры",
        ),
        "uk": ("Кейс для квадрокоптера {b} {m}", "Наклейки на дрон {b} {m}", "Сумка для БпЛА {b} {m}"),
        "zh": ("{b} {m}无人机收纳包", "{b} {m} 滤镜套装", "无人机图书 {b}飞行手册", "儿童玩具无人机 塑料"),
        "es": ("Maletín rígido para dron {b} {m}", "Filtros ND para dron {b} {m}", "Libro sobre drones {b}", "dron de juguete para niños"),
        "pt": ("Maleta rígida para drone {b} {m}", "Filtro ND para drone {b} {m}", "Livro sobre drones", "drone de brinquedo infantil"),
        "tr": ("{b} {m} drone taşıma çantası", "{b} {m} için filtre seti", "oyuncak drone, plastik"),
        "vi": ("Túi đựng flycam {b} {m}", "Kính lọc ND cho {b} {m}", "Đồ chơi trẻ em hình drone"),
    },
}  # fmt: skip

LATER: Templates = {
    "drone": {
        "en": (
            "1 UNIT {b} {m} MULTIROTOR UAS WITH GROUND STATION, SERIAL {s}",
            "Camera drone, mfr {b}, type {m}, GPS, foldable, {n} sets, CE marked",
            "{b} {m} AERIAL SURVEY UAV KIT - CASE, CHARGER, {n} PROPS INCLUDED",
            "Civil unmanned helicopter for crop protection {b} {m}, tank 30 l",
            "FPV racing quad {b} {m} RTF, {k} kg gross",
            "Consumer drones ({b}, {m}) new, not for military use, Incoterms DAP",
            "{m} by {b}: unmanned aircraft, remotely controlled, take-off mass {k} kg",
        ),
        "ru": (
            "АППАРАТ ЛЕТАТЕЛЬНЫЙ БЕСПИЛОТНЫЙ {b} {m} (КВАДРОКОПТЕР) В КОМПЛ.: ПУЛЬТ ДУ, АКБ {n} ШТ, ЗАРЯДНОЕ УСТРОЙСТВО",
            "Мультикоптер {b} {m}, макс. взлет. масса {k} кг, товарный знак {b}, марка {b}, модель {m}",
            "Агродрон {b} {m} для опрыскивания полей, бак 40 л, {n} компл.",
            "Комплекс воздушной съемки на базе БВС {b} {m}, зав. № {s}",
            "дроны гражданские с видеокамерой, т.м. {b}, мод. {m}, арт {c}, кол-во {n}",
            "Радиоуправляемый квадрокоптер {b} {m} с GPS, без боевой части, б/у",
        ),
        "uk": (
            "Безпілотні повітряні судна {b} {m}, нові, країна виробництва Китай, {n} шт",
            "Мультикоптер {b} {m} для моніторингу посівів, заводський № {s}",
            "КВАДРОКОПТЕРИ З ВІДЕОКАМЕРОЮ {b} {m}, АРТ. {c}",
        ),
        "zh": (
            "四轴航拍无人机|{b}|{m}|1台含3块电池",
            "遥控无人驾驶飞机 品牌{b} 型号{m} 最大起飞重量{k}kg",
            "{b}植保无人机{m} 序列号{s}",
            "六旋翼无人机（{b} {m}）用于测绘",
        ),
        "es": (
            "{n} DRONES {b} {m} C/CAMARA 4K, INCLUYE CARGADOR",
            "Multirrotor {b} {m} para topografía, número de serie {s}",
            "Drone agrícola {b} {m} con tanque de 30 litros, peso bruto {k} kg",
            "VANT (vehículo aéreo no tripulado) marca: {b} modelo: {m}",
        ),
        "pt": (
            "{n} DRONES {b} {m} C/ CÂMERA 4K E CARREGADOR",
            "Multirrotor {b} {m} para mapeamento, uso civil, ref {c}",
            "ARP - aeronave não tripulada marca: {b} modelo: {m}, {k} kg",
        ),
        "tr": (
            "KAMERALI DRONE MARKASI {b} MODELİ {m} {n} ADET YENİ",
            "{b} {m} zirai ilaçlama dronu, 30 lt depo",
            "Multikopter tipi insansız hava aracı, {b} {m}, seri {s}",
        ),
        "vi": (
            "Thiết bị bay siêu nhẹ không người lái {b} {m} dùng chụp ảnh, mới 100%",
            "{n} bộ flycam nhãn hiệu {b} model {m}, pin kèm theo",
            "Máy bay nông nghiệp không người lái {b} {m}, bình 30 lít",
        ),
    },
    "drone_part": {
        "en": (
            "{b} {m} drone battery 5000mAh, {n} pcs",
            "Set of carbon propellers to suit UAV {b} {m}",
            "Replacement motor arm (front left) for {b} {m} quadcopter",
            "Flight controller board f/ {b} {m} drone",
            "UAV spare: gimbal w/ camera, {b} {m}",
            "LANDING GEAR ASSY FOR {b} {m} UNMANNED AIRCRAFT",
        ),
        "ru": (
            "Винты несущие для БПЛА {b} {m}, карбон, {n} компл.",
            "АКБ для дрона {b} {m}, Li-Po, {n} шт",
            "ЗАПЧАСТИ К КВАДРОКОПТЕРУ {b} {m}: ПЛАТА ESC, ШЛЕЙФ",
            "Зарядное устройство для аккумуляторов квадрокоптера {b} {m}",
            "подвес с камерой для беспилотного аппарата {b} {m}",
        ),
        "uk": ("Гвинти до БпЛА {b} {m}, {n} шт", "АКУМУЛЯТОРНА БАТАРЕЯ ДЛЯ КВАДРОКОПТЕРА {b} {m}", "Пульт керування для дрона {b} {m}"),
        "zh": ("无人机配件 螺旋桨 适配{b} {m}", "{b}{m}无人机智能电池 {n}个", "{b} {m} 植保无人机 水泵 喷头"),
        "es": ("Motor sin escobillas para dron {b} {m}", "Control remoto para drone {b} {m}, {n} uds", "Tren de aterrizaje de dron {b} {m}"),
        "pt": ("Motor para drone {b} {m}", "Controle remoto de drone {b} {m}, {n} un", "Trem de pouso para drone {b} {m}"),
        "tr": ("{b} {m} drone motoru", "{b} {m} dronu için uzaktan kumanda", "drone bataryası {b} {m} uyumlu"),
        "vi": ("Động cơ dùng cho drone {b} {m}", "Tay điều khiển của flycam {b} {m}", "Phụ tùng drone {b} {m}: cánh quạt, càng đáp"),
    },
    "": {
        "en": (
            "shoulder bag for drone {b} {m}, nylon",
            "Instruction book about drones, paper",
            "Lens filters CPL for {b} {m} quadcopter camera",
            "EVA storage box for {b} {m}",
            "Drone shaped kids toy with LED, battery operated",
            "printed T-shirts with {b} logo and drone picture",
        ),
        "ru": (
            "Рюкзак для квадрокоптера {b} {m}",
            "Чехол защитный для пульта и дрона {b} {m}",
            "Учебное пособие: управление дронами",
            "Наклейки виниловые для {b} {m}",
            "Детская игрушка «дрон» на батарейках",
        ),
        "uk": ("Рюкзак для квадрокоптера {b} {m}", "Світлофільтри для {b} {m}", "Дитяча іграшка дрон"),
        "zh": ("无人机背包 适用于{b} {m}", "{b} {m}无人机贴纸", "玩具飞机 遥控小无人机 儿童"),
        "es": ("Mochila para dron {b} {m}", "Pegatinas para drone {b} {m}", "Juguete: dron para niños"),
        "pt": ("Mochila para drone {b} {m}", "Adesivos para drone {b} {m}", "Brinquedo drone para crianças"),
        "tr": ("{b} {m} drone sırt çantası", "{b} {m} drone için etiket", "çocuklar için oyuncak drone"),
        "vi": ("Balo đựng drone {b} {m}", "Miếng dán trang trí flycam {b} {m}", "Sách hướng dẫn bay drone"),
    },
}  # fmt: skip

# Written after both were used to put rules right; measured, not tuned on.
LAST: Templates = {
    "drone": {
        "en": (
            "Aerial photography drone ({b} {m}), foldable, w/ 3-axis stabilised camera; {n} pcs",
            "{b}-{m} quadrotor, complete set in hard case, serial no. {s}",
            "UAS, type {m}, make {b}, max. take-off {k} kg, without payload",
            "Set: {b} {m} drone + {n} batteries + charging hub",
            "HEXACOPTER FOR MAPPING {b} {m} ORIGIN CHINA HS88062210",
            "goods: drone; brand: {b}; model: {m}; qty: {n}; condition: new",
        ),
        "ru": (
            "беспилотная авиационная система вертолётного типа {b} {m}, {n} комплекта",
            "Аппарат летательный дистанционно-пилотируемый {b} {m}, масса {k} кг, с видеокамерой",
            "{n}) КВАДРОКОПТЕР, МАРКА: {b}, МОДЕЛЬ: {m}, СЕРИЙНЫЙ №: {s}",
            "Летающая камера-дрон {b} {m} для любительской съемки",
            "октокоптер {b} {m} для внесения удобрений, новый, 2023 г.в.",
        ),
        "uk": ("Літальний апарат безпілотний «{b} {m}», комплект поставки: дрон, пульт, батарея", "октокоптер {b} {m} для внесення добрив, {n} од.", "ДРОНИ {b} {m} ДЛЯ ВІДЕОЗЙОМКИ"),
        "zh": ("航拍机 {b} {m} 可折叠 {n}架", "无人直升机，{b}牌，{m}型，民用", "农用多旋翼无人机:{b} {m}(含充电器)"),
        "es": ("Dron plegable {b} {m}, con 3 baterías y maletín de transporte", "Aeronave pilotada a distancia {b} {m} para inspección", "{n} uds. hexacóptero {b} {m} nuevos"),
        "pt": ("Drone dobrável {b} {m}, com 3 baterias e maleta", "Aeronave não tripulada para pulverização {b} {m}", "{n} unid. hexacóptero {b} {m} novos"),
        "tr": ("Katlanabilir drone {b} {m}, 3 batarya ve çanta ile", "insansız hava aracı sistemi {b} {m}, {k} kg kalkış", "{n} ad. hekzakopter {b} {m}"),
        "vi": ("Drone gấp gọn {b} {m}, kèm 3 pin và túi đựng", "Phương tiện bay không người lái {b} {m} để khảo sát", "{n} cái máy bay flycam {b} {m} hàng mới"),
    },
    "drone_part": {
        "en": ("{n} pcs rotor blade, for use on {b} {m} UAV", "Remote control transmitter of drone {b} {m}", "drone accessories: spare battery {b} {m}", "Brushless motors (drone {b} {m}), {c}"),
        "ru": ("Лопасти воздушного винта квадрокоптера {b} {m}, {n} шт", "Аккумуляторные батареи литиевые к беспилотнику {b} {m}", "корпус и шасси для дрона {b} {m}, арт. {c}", "Камера с подвесом, для установки на БПЛА {b} {m}"),
        "uk": ("Лопаті для дрона {b} {m}, {n} пар", "Камера з підвісом для БпЛА {b} {m}"),
        "zh": ("适用于{b} {m}无人机的电机 {n}个", "无人机螺旋桨({b} {m}用)", "{b} {m}无人机遥控器"),
        "es": ("Batería recargable de repuesto, dron {b} {m}", "Cámara con gimbal para dron {b} {m}"),
        "pt": ("Bateria recarregável para o drone {b} {m}", "Câmera com gimbal para drone {b} {m}"),
        "tr": ("drone pervane seti ({b} {m}), {n} takım", "{b} {m} insansız hava aracı kumandası"),
        "vi": ("Pin sạc của drone {b} {m}, {n} cái", "Bộ cánh quạt thay thế cho flycam {b} {m}"),
    },
    "": {
        "en": ("Waterproof backpack designed for {b} {m} drone", "screen protector film for {b} {m} remote", "Children's picture book: my first drone", "Toy quadcopter for kids aged 6+, plastic, no camera"),
        "ru": ("Рюкзак-кейс водонепроницаемый под дрон {b} {m}", "Плёнка защитная на экран пульта дрона {b} {m}", "игрушки: дроны пластмассовые для детей от 6 лет"),
        "uk": ("Водонепроникний кейс під дрон {b} {m}", "іграшки: дрони пластикові для дітей"),
        "zh": ("{b} {m}无人机保护套", "儿童遥控玩具四轴飞行器"),
        "es": ("Bolsa impermeable para dron {b} {m}", "juguetes: drones de plástico"),
        "pt": ("Bolsa impermeável para drone {b} {m}", "brinquedos: drones de plástico"),
        "tr": ("{b} {m} drone için su geçirmez çanta", "oyuncak: plastik drone"),
        "vi": ("Túi chống nước cho drone {b} {m}", "đồ chơi: drone nhựa cho trẻ em"),
    },
}  # fmt: skip
