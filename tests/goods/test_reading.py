"""Lines as declarants write them, made up here: what is read as a drone, as a part of one, and as neither."""

import pytest

from enduse.goods import classify

WHOLE = """
Drone, model X200, without camera
FPV racing drone kit 5 inch carbon frame with ESC and motors RTF
Квадрокоптер с камерой, аккумулятор 3 шт, пульт ДУ в комплекте, торговая марка DJI, модель Mini 3 Pro
БЕСПИЛОТНЫЙ ЛЕТАТЕЛЬНЫЙ АППАРАТ ГРАЖДАНСКОГО НАЗНАЧЕНИЯ МУЛЬТИРОТОРНОГО ТИПА AUTEL ROBOTICS EVO II DUAL 640T V3
DJI M30T с док-станцией
农业植保无人机 大疆T40
多旋翼飞行器(无人机)|大疆牌|型号:M3T
İNSANSIZ HAVA ARACI (DRONE) DJI MAVIC 3 THERMAL
Dronlar - kameralı, DJI Mini 4K
DRONES MARCA DJI MODELO MAVIC 3 CLASSIC CON CAMARA
cuadricoptero a control remoto con camara
AERONAVE NAO TRIPULADA (DRONE) MARCA DJI MODELO AGRAS T40
Thiết bị bay không người lái (Flycam) hiệu DJI, model Mavic 3 Pro, mới 100%
Дрони DJI Mavic 3T з тепловізором
БпЛА Autel EVO Max 4T
Ұшқышсыз ұшу аппараты DJI Mavic 3
uchuvchisiz uchish apparati DJI Mini 3
DJI
DJI Neo Motion Fly More Combo
DJI Flip
Квадракоптер Mavik 3
Matris 350 RTK drone
Mavic3E
M350RTK
M3T DJI
MAVIC 3 (DRONE)
Drone with camera bag
camera drone
Геоскан 201 комплекс
Беспилотная авиационная система Supercam S350
ZALA 421-16E2
UAV
Multirotor unmanned aircraft NW-20 with remote controller
Quadcopter drone with camera, model NW-20, in retail box
XAG P100 Pro agricultural drone
Bayraktar TB2
FIMI X8 Tele Max
HOLY STONE HS720G GPS Drone 4K
Potensic ATOM SE GPS drone
Hubsan Zino Mini Pro
EVO Lite+ Autel Robotics premium bundle
dji mini2 se
DJI-MAVIC-3-CLASSIC
D.J.I. Mavic 3
DJ1 Mavic 3
ДЖИ Мавик 3
дрон-камикадзе
""".strip().splitlines()

PART = """
ЧАСТИ ДЛЯ БЕСПИЛОТНЫХ ЛЕТАТЕЛЬНЫХ АППАРАТОВ: ЭЛЕКТРОДВИГАТЕЛИ
ЛОПАСТИ НЕСУЩЕГО ВИНТА ДЛЯ КВАДРОКОПТЕРА
Пульт дистанционного управления для квадрокоптера DJI
DJI Matrice 300 series TB60 intelligent flight battery
DJI Zenmuse H20T
Gimbal camera for DJI Mavic 2 Pro
无人机电机|型号U8
无人机配件（螺旋桨）
İNSANSIZ HAVA ARACI PERVANESİ
BATERIA PARA DRON DJI MAVIC
PARTES E PECAS PARA DRONE - HELICE
Pin dùng cho flycam DJI Mini 2
Акумулятор до дрона DJI Mavic 3
T-Motor U8 KV170
Hobbywing XRotor ESC
Carbon fiber propeller 15 inch for multirotor UAV
GPS module for UAV flight controller Pixhawk
flight controller Pixhawk 6C
UAV parts
""".strip().splitlines()

OTHER = """
无人机收纳包
反无人机干扰器
Drone bee larvae, frozen
Bagpipe drone
Lego City drone set book
T-shirt with drone print
Parrot food pellets
Phantom of the Opera DVD
Mavic bicycle wheels Cosmic
Mavic Ksyrium wheelset 700c
Rolls Royce Phantom brake pads
Mini Cooper brake disc
Air 3 filter HEPA
Spark plugs NGK
Inspire yoga mat
Mini 3 Pro earphones
Xiaomi Mi Band 7
Sony camera lens
Intel core i7 processor
Syma shoes women
Trimble R10 GNSS receiver
Typhoon hair dryer
EVO 2 helmet
Titan watch
Autel MaxiCOM MK808 scanner
DJI Osmo Pocket 3 Creator Combo
DJI RS 4 Pro
DJI Mic 2
DJI Power 1000 portable power station
RC helicopter toy
toy drone
Children's toy quadcopter, HS 9503
儿童玩具无人机 塑料
Libro sobre drones DJI
Book: flying the Mavic 3
Syma X5C toy quadcopter
Drone pilot training course
Software for drone mapping
unmanned surface vessel
Беспилотный трактор
Бас-гитара
Дронт фигурка
коптильня
vant cykel
""".strip().splitlines()


def family(text, hs=""):
    return classify([text], [hs])["family"][0].as_py()


@pytest.mark.parametrize("text", WHOLE)
def test_a_drone(text):
    assert family(text) == "drone"


@pytest.mark.parametrize("text", PART)
def test_a_part_of_a_drone(text):
    assert family(text) == "drone_part"


@pytest.mark.parametrize("text", OTHER)
def test_other_goods(text):
    assert family(text) == ""


@pytest.mark.parametrize(
    ("text", "brand", "model"),
    [
        ("дрон ДиДжиАй Мавик 3 Классик", "DJI", "Mavic 3 Classic"),
        ("大疆 御 3 四旋翼无人机", "DJI", "Mavic 3"),
        ("DJI M300RTK", "DJI", "Matrice 300 RTK"),
        ("dji MAVIC3", "DJI", "Mavic 3"),
        ("DJI Mavic 3 Pro Cine", "DJI", "Mavic 3 Pro Cine"),
        ("Autel EVO II Dual 640T quadcopter", "Autel", "EVO II Dual 640T"),
        ("quadcopter Phantem 4 Pro DJI", "DJI", "Phantom 4 Pro"),  # one letter wrong
        ("FIMI X8 SE", "FIMI", "X8 SE"),
        ("Tarot X8 hexacopter", "Tarot", "X8"),  # several makers sell an X8
        ("Skydio 2", "Skydio", "2"),
        ("квадрокоптер Геоскан 201", "Geoscan", "201"),
    ],
)
def test_brand_and_model_by_their_reference_names(text, brand, model):
    row = classify([text]).to_pylist()[0]
    assert (row["family"], row["brand"], row["model"]) == ("drone", brand, model)


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("DJI Mavic 9 Pro", "Mavic 9 Pro"),
        ("drone DJI Mavic 3 Ultra", "Mavic 3 Ultra"),
        ("Yuneec H999", "H999"),
        ("Autel EVO IV", "EVO IV"),
        ("HGLRC Wyvern 9 drone", "Wyvern 9"),
    ],
)
def test_a_designation_on_no_list_is_given_as_written_and_says_so(text, model):
    row = classify([text]).to_pylist()[0]
    assert (row["family"], row["model"]) == ("drone", model)
    assert f"note=candidate designation {model}" in row["evidence"]


def test_a_longer_variant_is_not_taken_for_the_listed_model():
    row = classify(["DJI Mavic 3 Ultra"]).to_pylist()[0]
    assert row["model"] != "Mavic 3"


@pytest.mark.parametrize("text", ["Air 3", "Neo 2", "X8", "Atom", "Mini 3", "P30", "Disco", "T40 bolts", "M30 nuts"])
def test_an_everyday_name_needs_its_brand(text):
    assert family(text) == ""


@pytest.mark.parametrize(("text", "model"), [("Neo 2", "Neo 2"), ("Air 3", "Air 3")])
def test_a_drone_code_carries_an_everyday_name(text, model):
    row = classify([text], ["88062210"]).to_pylist()[0]
    assert (row["family"], row["model"]) == ("drone", model)


def test_a_toy_is_no_drone_unless_a_maker_of_aircraft_or_its_code_speaks_against_it():
    assert family("toy drone for kids") == ""
    assert family("игрушка: квадрокоптер DJI Mini 2", "9503") == "drone"
    assert family("toy drone", "88062110") == "drone"


def test_a_name_like_an_article_number_needs_company():
    texts = ["power supply for computers, art. M350", "drone M350", "M350", "DJI M30T"]
    found = classify(texts, ["85044030", "", "88062300", "85258900"]).to_pylist()
    assert [bool(r["family"]) for r in found] == [False, True, True, True]
    assert found[2]["model"] == "Matrice 350 RTK"


@pytest.mark.parametrize("text", ["Квадрокоптер DJI Матрис 300 RTK", "DJI M300 RTK drone"])
def test_words_a_listed_name_ends_in_are_not_said_twice(text):
    (row,) = classify([text]).to_pylist()
    assert row["model"] == "Matrice 300 RTK"
    assert "candidate" not in row["evidence"]
