"""The goods of the labelled worlds in eight languages: one line a product, synonyms parted by a stroke.

Commodity codes follow HS 2022; prices, weights and brands of ordinary goods are invented, those of drones rough launch values.
Columns: sector | family | code | price in USD | kilograms | unit | other code | en | ru | zh | es | pt | tr | vi | uk.
"""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "ru", "zh", "es", "pt", "tr", "vi", "uk")
SECTORS = (
    "home",
    "textile",
    "electronics",
    "machinery",
    "vehicles",
    "food",
    "materials",
    "aviation",
    "components",
    "health",
)

_LINES = """
home;;6907210000;6.5;19;MTK;6907220000;ceramic floor tiles|glazed tiles;плитка керамическая|плитка для пола;陶瓷地砖|釉面砖;baldosas cerámicas|azulejos esmaltados;ladrilhos cerâmicos|azulejos esmaltados;seramik karo|yer karosu;gạch lát nền|gạch men;плитка керамічна|плитка для підлоги
home;;6911100000;1.4;0.4;C62;6912000000;porcelain tableware|porcelain dishes;посуда фарфоровая|столовая посуда;瓷餐具|瓷盘;vajilla de porcelana|platos de porcelana;louça de porcelana|pratos de porcelana;porselen sofra takımı|porselen tabak;bộ đồ ăn bằng sứ|đĩa sứ;посуд порцеляновий|столовий посуд
home;;9403609000;88;36;C62;9403500000;wooden furniture|bedroom furniture;мебель деревянная|мебель для спален;木制家具|卧室家具;muebles de madera|muebles de dormitorio;móveis de madeira|móveis para quarto;ahşap mobilya|yatak odası mobilyası;đồ nội thất bằng gỗ|nội thất phòng ngủ;меблі дерев'яні|меблі для спалень
home;;9405110000;26;3.8;C62;9405210000;LED lamps|chandeliers;люстры светодиодные|светильники;LED吊灯|灯具;lámparas LED|candelabros;luminárias LED|lustres;LED avize|aydınlatma armatürü;đèn LED|đèn chùm;люстри світлодіодні|світильники
home;;8516500000;44;12;C62;8516600000;microwave ovens|household ovens;печи микроволновые|печи бытовые;微波炉|家用烤箱;hornos de microondas|hornos domésticos;fornos de micro-ondas|fornos domésticos;mikrodalga fırın|ev tipi fırın;lò vi sóng|lò nướng gia dụng;печі мікрохвильові|печі побутові
textile;;6109100000;3.1;0.16;C62;6110200000;cotton T-shirts|knitted shirts;футболки хлопковые|майки трикотажные;棉制T恤衫|针织衫;camisetas de algodón|prendas de punto;camisetas de algodão|peças de malha;pamuklu tişört|örme tişört;áo thun cotton|áo dệt kim;футболки бавовняні|майки трикотажні
textile;;6203423100;8.4;0.6;C62;6204620000;denim trousers|men's jeans;брюки джинсовые|джинсы мужские;牛仔裤|男式长裤;pantalones vaqueros|vaqueros de hombre;calças jeans|calças masculinas;kot pantolon|erkek kot;quần jean|quần dài nam;штани джинсові|джинси чоловічі
textile;;6404110000;12;0.7;C62;6403990000;sports shoes|footwear with textile upper;обувь спортивная|кроссовки;运动鞋|纺织面鞋;calzado deportivo|zapatillas;calçado esportivo|tênis;spor ayakkabı|tekstil saya ayakkabı;giày thể thao|giày vải;взуття спортивне|кросівки
textile;;5407520000;5.6;1;KGM;5512190000;dyed polyester fabric|woven polyester;ткань полиэфирная|полотно полиэфирное;染色涤纶布|涤纶织物;tejido de poliéster|tela teñida;tecido de poliéster|tecido tingido;polyester kumaş|boyalı kumaş;vải polyester|vải nhuộm;тканина поліефірна|полотно поліефірне
textile;;5703390000;9.4;2.6;MTK;5702420000;tufted carpets|rugs;ковры тафтинговые|ковровые изделия;簇绒地毯|地毯;alfombras|moquetas;tapetes|carpetes;halı|tafting halı;thảm trải sàn|thảm chần;килими|килимові вироби
electronics;;8517130000;180;0.4;C62;8517140000;smartphones|mobile phones;смартфоны|телефоны сотовые;智能手机|移动电话;teléfonos inteligentes|móviles;telefones inteligentes|celulares;akıllı telefon|cep telefonu;điện thoại thông minh|điện thoại di động;смартфони|телефони мобільні
electronics;;8471300000;420;2.1;C62;8471410000;portable computers|laptops;ноутбуки|компьютеры портативные;笔记本电脑|便携式计算机;ordenadores portátiles|computadoras portátiles;computadores portáteis|notebooks;dizüstü bilgisayar|taşınabilir bilgisayar;máy tính xách tay|laptop;ноутбуки|комп'ютери портативні
electronics;;8528724000;160;9.5;C62;8528590000;television sets|LCD screens;телевизоры|мониторы жидкокристаллические;液晶电视机|显示屏;televisores|pantallas LCD;televisores LCD|telas;televizyon|LCD ekran;máy thu hình|màn hình LCD;телевізори|монітори рідкокристалічні
electronics;;8443328000;75;8;C62;8443310000;office printers|laser printers;принтеры офисные|принтеры лазерные;打印机|激光打印机;impresoras|impresoras láser;impressoras|impressoras a laser;yazıcı|lazer yazıcı;máy in|máy in laser;принтери офісні|принтери лазерні
electronics;;8518300000;22;0.25;C62;8518210000;headphones|earphones;наушники|гарнитуры;耳机|头戴式耳机;auriculares|audífonos;fones de ouvido|auscultadores;kulaklık|kulak içi kulaklık;tai nghe|tai nghe chụp;навушники|гарнітури
machinery;;8482200000;1.9;0.22;C62;8482800000;tapered roller bearings|bearings;подшипники роликовые|подшипники;圆锥滚子轴承|轴承;rodamientos de rodillos|rodamientos;rolamentos de rolos|rolamentos;makaralı rulman|rulman;ổ đũa côn|vòng bi;підшипники роликові|підшипники
machinery;;8413703500;96;17;C62;8413810000;centrifugal pumps|water pumps;насосы центробежные|насосы водяные;离心泵|水泵;bombas centrífugas|bombas de agua;bombas centrífugas|bombas de água;santrifüj pompa|su pompası;bơm ly tâm|máy bơm nước;насоси відцентрові|насоси водяні
machinery;;8481808500;3.6;0.35;C62;8481300000;brass ball valves|taps;краны шаровые|арматура запорная;黄铜球阀|阀门;válvulas de bola|grifería;válvulas de esfera|torneiras;küresel vana|musluk;van bi|van đồng;крани кульові|арматура запірна
machinery;;8483409000;210;31;C62;8483600000;gearboxes|speed reducers;редукторы|мотор-редукторы;减速器|齿轮箱;reductores|cajas de engranajes;redutores|caixas de engrenagens;redüktör|dişli kutusu;hộp giảm tốc|hộp số;редуктори|мотор-редуктори
machinery;;8467210000;58;2.9;C62;8467290000;electric drills|power tools;дрели электрические|электроинструмент;电钻|电动工具;taladros eléctricos|herramientas eléctricas;furadeiras|ferramentas elétricas;elektrikli matkap|el aleti;máy khoan điện|dụng cụ điện;дрилі електричні|електроінструмент
vehicles;;8708301000;7.7;1.6;C62;8708399900;brake pads|brake parts;колодки тормозные|части тормозов;刹车片|制动器零件;pastillas de freno|partes de frenos;pastilhas de freio|partes de freios;fren balatası|fren parçası;má phanh|bộ phận phanh;колодки гальмівні|частини гальм
vehicles;;8708801000;13;2.4;C62;8708999709;suspension arms|shock absorbers;рычаги подвески|амортизаторы;悬架摆臂|减震器;brazos de suspensión|amortiguadores;braços de suspensão|amortecedores;süspansiyon kolu|amortisör;càng treo|giảm xóc;важелі підвіски|амортизатори
vehicles;;4011100000;34;9;C62;4011200000;passenger car tyres|tires;шины легковые|шины пневматические;轿车轮胎|充气轮胎;neumáticos|llantas para autos;pneus|pneus para automóveis;binek oto lastiği|lastik;lốp xe con|lốp ô tô;шини легкові|шини пневматичні
vehicles;;8714990000;24;1.9;C62;8714930000;bicycle wheels|bicycle parts;колёса велосипедные|части велосипедов;自行车轮组|自行车零件;ruedas de bicicleta|partes de bicicleta;rodas de bicicleta|peças de bicicleta;bisiklet tekerleği|bisiklet parçası;bánh xe đạp|phụ tùng xe đạp;колеса велосипедні|частини велосипедів
food;;0901110001;3.9;1;KGM;0901210000;green coffee beans|coffee, not roasted;кофе нежареный|кофе в зёрнах;未焙炒咖啡|咖啡豆;café sin tostar|café verde;café não torrado|café verde;kavrulmamış kahve|çiğ kahve;cà phê nhân|cà phê chưa rang;кава несмажена|кава в зернах
food;;0902300000;4.6;1;KGM;0902400000;black tea|tea in packets;чай чёрный|чай в упаковках;红茶|小包装茶叶;té negro|té en sobres;chá preto|chá em pacotes;siyah çay|paket çay;chè đen|trà gói;чай чорний|чай в упаковках
food;;1806329000;5.4;1;KGM;1806900000;chocolate bars|confectionery;шоколад в плитках|кондитерские изделия;巧克力|糖果;chocolate en tabletas|confitería;chocolate em barras|confeitaria;tablet çikolata|şekerleme;sô cô la thanh|bánh kẹo;шоколад у плитках|кондитерські вироби
food;;0805102200;0.8;1;KGM;0805290000;fresh oranges|citrus fruit;апельсины свежие|цитрусовые;鲜橙|柑橘;naranjas frescas|cítricos;laranjas frescas|cítricos;taze portakal|narenciye;cam tươi|trái cây có múi;апельсини свіжі|цитрусові
materials;;3926909700;2.2;1;KGM;3926300000;plastic articles|cable ties;изделия из пластмасс|стяжки кабельные;塑料制品|扎带;artículos de plástico|bridas;artigos de plástico|abraçadeiras;plastik eşya|kablo bağı;sản phẩm nhựa|dây rút nhựa;вироби з пластмас|стяжки кабельні
materials;;3920108900;1.9;1;KGM;3921190000;polyethylene film|stretch film;плёнка полиэтиленовая|стретч-плёнка;聚乙烯薄膜|拉伸膜;película de polietileno|film estirable;filme de polietileno|filme estirável;polietilen film|streç film;màng polyetylen|màng co;плівка поліетиленова|стретч-плівка
materials;;7318158900;1.7;1;KGM;7318160000;steel bolts|fasteners;болты стальные|крепёж;钢螺栓|紧固件;pernos de acero|tornillería;parafusos de aço|fixadores;çelik cıvata|bağlantı elemanı;bu lông thép|ốc vít;болти сталеві|кріплення
materials;;7604210000;3.5;1;KGM;7604290000;aluminium profiles|hollow profiles;профили алюминиевые|профиль полый;铝型材|空心型材;perfiles de aluminio|perfiles huecos;perfis de alumínio|perfis ocos;alüminyum profil|içi boş profil;thanh nhôm định hình|nhôm thanh;профілі алюмінієві|профіль порожнистий
health;;3304990000;3.3;0.2;C62;3304910000;skin care creams|cosmetics;кремы для кожи|косметика;护肤霜|化妆品;cremas para la piel|cosméticos;cremes para a pele|cosméticos;cilt bakım kremi|kozmetik;kem dưỡng da|mỹ phẩm;креми для шкіри|косметика
health;;3004900002;6.1;0.08;C62;3004200000;medicaments|medicines for retail sale;лекарственные средства|препараты лекарственные;药品|零售药品;medicamentos|fármacos;medicamentos|fármacos para varejo;ilaç|perakende ilaç;thuốc chữa bệnh|dược phẩm;лікарські засоби|препарати лікарські
health;;9018390000;1.1;0.03;C62;9018900000;catheters|medical instruments;катетеры|инструменты медицинские;导管|医疗器械;catéteres|instrumental médico;cateteres|instrumentos médicos;kateter|tıbbi alet;ống thông|dụng cụ y tế;катетери|інструменти медичні
aviation;drone;8806221000;1500;1.0;C62;9503007000;unmanned aerial vehicle|quadcopter|drone;беспилотный летательный аппарат|квадрокоптер|дрон;无人机|四旋翼无人机|无人驾驶航空器;vehículo aéreo no tripulado|dron|cuadricóptero;veículo aéreo não tripulado|drone|quadricóptero;insansız hava aracı|drone|dört pervaneli drone;thiết bị bay không người lái|máy bay không người lái|flycam;безпілотний літальний апарат|квадрокоптер|дрон
aviation;drone_part;8807100000;9.5;0.04;C62;8803100000;propellers for drones|quadcopter propellers;пропеллеры для квадрокоптера|винты для дронов;无人机螺旋桨|四旋翼桨叶;hélices para drones|hélices de cuadricóptero;hélices para drones|hélices de quadricóptero;drone pervanesi|İHA pervanesi;cánh quạt cho flycam|cánh quạt máy bay không người lái;пропелери для квадрокоптера|гвинти для дронів
aviation;drone_part;8507600000;165;0.36;C62;8507800000;flight battery for drone|UAV battery pack;аккумулятор для беспилотника|батарея для квадрокоптера;无人机智能飞行电池|无人机电池;batería de vuelo para dron|batería para UAV;bateria de voo para drone|bateria para VANT;drone bataryası|İHA pili;pin cho flycam|pin máy bay không người lái;акумулятор для безпілотника|батарея для квадрокоптера
aviation;drone_part;8807300000;74;0.06;C62;8537109000;flight controllers for UAV|drone flight control boards;полётные контроллеры для БПЛА|платы управления дроном;无人机飞行控制器|飞控板;controladores de vuelo para UAV|placas de control para dron;controladores de voo para VANT|placas de controle para drone;İHA uçuş kontrol kartı|drone kontrol kartı;bộ điều khiển bay cho UAV|mạch điều khiển flycam;польотні контролери для БПЛА|плати керування дроном
aviation;drone_part;8501310000;19;0.05;C62;8501100000;brushless motors for FPV drones|drone motors;бесколлекторные моторы для FPV дронов|двигатели для дронов;穿越机无刷电机|无人机电机;motores sin escobillas para drones FPV|motores para dron;motores sem escovas para drones FPV|motores para drone;FPV drone fırçasız motor|drone motoru;động cơ không chổi than cho drone FPV|mô tơ flycam;безколекторні мотори для FPV дронів|двигуни для дронів
aviation;drone_part;8525890000;870;0.83;C62;8525830000;gimbal cameras for drones|UAV camera payload;подвесы с камерой для дронов|камеры для БПЛА;无人机云台相机|无人机相机;cámaras con gimbal para drones|cámaras para UAV;câmeras com gimbal para drones|câmeras para VANT;drone gimbal kamera|İHA kamerası;camera gimbal cho flycam|camera cho UAV;підвіси з камерою для дронів|камери для БПЛА
aviation;drone_part;8526920000;210;0.4;C62;8543709000;remote controllers for drones|ground control units for UAV;пульты управления дронами|наземные станции управления БПЛА;无人机遥控器|无人机地面站;mandos para drones|estaciones de control para UAV;controles remotos para drones|estações de controle para VANT;drone kumandası|İHA yer kontrol ünitesi;tay điều khiển flycam|trạm điều khiển UAV;пульти керування дронами|наземні станції керування БПЛА
components;chp;8542310000;12;0.004;C62;8542390000;microprocessors|integrated circuits, processors;микросхемы интегральные|микропроцессоры;微处理器|集成电路;microprocesadores|circuitos integrados;microprocessadores|circuitos integrados;mikroişlemci|entegre devre;vi xử lý|mạch tích hợp;мікросхеми інтегральні|мікропроцесори
components;chp;8542320000;8;0.003;C62;8542390000;memory chips|integrated circuits, memories;микросхемы памяти|модули памяти;存储器芯片|集成电路存储器;chips de memoria|circuitos integrados de memoria;chips de memória|circuitos integrados de memória;bellek yongası|hafıza entegresi;chip nhớ|mạch nhớ;мікросхеми пам'яті|модулі пам'яті
components;chp;8526910000;140;0.2;C62;8517620000;navigation receivers|GNSS modules;приёмники навигационные|модули ГНСС;导航接收机|卫星导航模块;receptores de navegación|módulos GNSS;receptores de navegação|módulos GNSS;navigasyon alıcısı|GNSS modülü;máy thu định vị|mô đun GNSS;приймачі навігаційні|модулі ГНСС
components;chp;8517620000;260;1.2;C62;8517690000;network routers|data transmission equipment;маршрутизаторы|аппаратура передачи данных;路由器|数据传输设备;enrutadores|equipos de transmisión de datos;roteadores|equipamentos de transmissão de dados;yönlendirici|veri iletim cihazı;bộ định tuyến|thiết bị truyền dữ liệu;маршрутизатори|апаратура передачі даних
components;chp;8532240000;0.3;0.001;C62;8532290000;ceramic capacitors|multilayer capacitors;конденсаторы керамические|конденсаторы многослойные;陶瓷电容器|多层电容;condensadores cerámicos|condensadores multicapa;capacitores cerâmicos|capacitores multicamada;seramik kondansatör|çok katmanlı kondansatör;tụ gốm|tụ điện nhiều lớp;конденсатори керамічні|конденсатори багатошарові
components;chp;8541100000;0.5;0.001;C62;8541290000;diodes|semiconductor devices;диоды|приборы полупроводниковые;二极管|半导体器件;diodos|dispositivos semiconductores;diodos|dispositivos semicondutores;diyot|yarı iletken aygıt;đi ốt|linh kiện bán dẫn;діоди|прилади напівпровідникові
components;chp;8482100000;4.4;0.3;C62;8482990000;ball bearings|precision bearings;подшипники шариковые|подшипники прецизионные;滚珠轴承|精密轴承;rodamientos de bolas|rodamientos de precisión;rolamentos de esferas|rolamentos de precisão;bilyalı rulman|hassas rulman;vòng bi cầu|ổ bi chính xác;підшипники кулькові|підшипники прецизійні
components;chp;8536690000;1.8;0.01;C62;8536900000;electrical connectors|plugs and sockets;разъёмы электрические|соединители;电连接器|插头插座;conectores eléctricos|enchufes;conectores elétricos|plugues e tomadas;elektrik konektörü|fiş ve priz;đầu nối điện|phích và ổ cắm;роз'єми електричні|з'єднувачі
"""


@dataclass(frozen=True)
class Product:
    """`usd` and `kg` are per piece (per kilogram or square metre where `unit` says so); `names` follow LANGUAGES."""

    sector: int
    family: str
    hs: str
    usd: float
    kg: float
    unit: str
    other: str
    names: tuple[tuple[str, ...], ...]


def _product(line: str) -> Product:
    sector, family, hs, usd, kg, unit, other, *names = line.split(";")
    return Product(
        SECTORS.index(sector), family, hs, float(usd), float(kg), unit, other, tuple(tuple(n.split("|")) for n in names)
    )


PRODUCTS: tuple[Product, ...] = tuple(_product(line) for line in _LINES.strip().splitlines())

# Drones by brand and model with code, price and weight; then how Chinese and Russian papers write the name, where otherwise.
DRONES: tuple[tuple[str, str, str, float, float, str, str], ...] = (
    ("DJI", "Mavic 3", "8806221000", 2050, 0.92, "大疆 御 Mavic 3", "DJI Мавик 3"),
    ("DJI", "Mavic 3 Classic", "8806221000", 1490, 0.92, "大疆 御 3 Classic", ""),
    ("DJI", "Mavic 3T", "8806221000", 4900, 0.94, "", "DJI Мавик 3Т"),
    ("DJI", "Mavic 2 Enterprise", "8806221000", 3300, 0.93, "", ""),
    ("DJI", "Air 2S", "8806221000", 940, 0.61, "大疆 Air 2S", ""),
    ("DJI", "Mini 2", "8806210000", 410, 0.242, "", "DJI Мини 2"),
    ("DJI", "Mini 3 Pro", "8806210000", 720, 0.249, "", ""),
    ("DJI", "Phantom 4 Pro", "8806221000", 1580, 1.4, "大疆 精灵 4 Pro", "DJI Фантом 4 Про"),
    ("DJI", "Matrice 30T", "8806221000", 10200, 3.9, "大疆 经纬 M30T", ""),
    ("DJI", "Matrice 300 RTK", "8806221000", 12400, 6.4, "大疆 经纬 M300 RTK", "DJI Матрис 300 RTK"),
    ("DJI", "Agras T30", "8806241000", 14300, 27, "大疆 T30 植保机", ""),
    ("Autel", "EVO II Pro", "8806221000", 1690, 1.2, "道通智能 EVO II Pro", "Autel ЭВО 2 Про"),
    ("Autel", "EVO Lite+", "8806221000", 1150, 0.84, "", ""),
    ("Hubsan", "Zino Mini Pro", "8806210000", 430, 0.249, "", ""),
    ("FIMI", "X8SE 2022", "8806221000", 520, 0.78, "", ""),
    ("XAG", "P40", "8806231000", 9800, 21, "极飞 P40", ""),
)
PART_BRANDS = ("DJI", "Autel", "T-Motor", "Holybro", "Foxeer", "CUAV", "")
CHIP_BRANDS = ("Texas Instruments", "Analog Devices", "STMicroelectronics", "NXP", "Murata", "u-blox", "SKF", "TE Connectivity", "Molex", "")  # fmt: skip
