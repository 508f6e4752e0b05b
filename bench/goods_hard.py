"""Texts in which names and words of unmanned aircraft mean something else: made up, for false alarms and reliability."""

from __future__ import annotations

HARD = """
Mavic Cosmic bicycle wheels 700c
велосипедные колёса MAVIC Ksyrium
Rolls-Royce Phantom brake pads
спарк-плаг свечи зажигания SPARK
spark plugs NGK for Toyota
MINI Cooper 3 door brake disc
Mini 2 split air conditioner
Air 3 running shoes size 42
Nike Air 2 sneakers
кроссовки Air 3 мужские
Inspire 2 office chair
massage chair Inspire 3
Atom 2 motherboard Intel
Intel Atom processor N450
Parrot toys for birds
корм для попугаев Parrot
Parrot CK3100 car hands-free kit
Sony camera Alpha 7
телевизор Sony Bravia
Xiaomi Redmi Note 12 smartphone
смартфон Xiaomi Mi 11
Syma women's shoes
Titan wrist watch
Typhoon kitchen knives
EVO 2 motorcycle helmet
Autel MaxiSys MS906 diagnostic scanner
DJI Osmo Action 4 camera
DJI RS 3 Pro gimbal stabilizer
стабилизатор DJI Ronin-SC для фотоаппарата
DJI Mic 2 wireless microphone
DJI Power 1000 portable power station
Neo 2 inflatable boat
Disco ball lamp
Solo 2 headphones
Spirit level 60 cm
Voyager 4 luggage set
Phantom 4 gaming headset
Bebop cookies
Trimble R12 GNSS receiver
Topcon total station GT-1200
Wing nuts M8 zinc plated
Propel water bottle
Teal colour fabric, 100 m
Tarot cards, printed
drone bee trap for apiary
bagpipe drone reed
underwater drone with 4K camera for fishing
подводный дрон с камерой
робот-пылесос с дроном на упаковке
anti drone jammer rifle
подавитель дронов переносной
反无人机干扰枪
лего набор дрон
Lego Technic drone set
board game Drone Wars
T-shirt with drone print cotton
книга «Дроны: практическое руководство»
software licence for drone mapping
курсы операторов БПЛА, методические материалы
drone pilot training manual
helicopter rotor blades for Mi-8
лопасти несущего винта вертолета Ми-8
boat propeller bronze 3 blade
винт гребной латунный
laptop battery 5000mAh
аккумулятор для ноутбука
motor for washing machine
двигатель стиральной машины
controller for air conditioner
пульт для телевизора
camera case leather
чехол для камеры
GPS tracker for cars
антенна автомобильная
RC toy car 1:16 for kids
радиоуправляемая машинка детская
игрушечный вертолет на радиоуправлении
oyuncak helikopter kumandalı
đồ chơi máy bay điều khiển từ xa
avión de juguete para niños
brinquedo helicóptero
іграшковий гелікоптер
遥控玩具汽车
无人驾驶汽车 试验车
无人售货机
unmanned surface vessel for survey
беспилотный трактор
carretilla no tripulada AGV
insansız deniz aracı
xe tự hành không người lái AGV
X8 bearings 608ZZ
M30 bolts, zinc
T40 Torx screwdriver
P30 Pro phone case
S100 steel sheet
CW-20 crane wheel
FPV monitor stand for desk
FPV simulator game software
Skywalker Luke figurine
Star Wars X-Wing lego
Golden Eagle statue
Falcon 8 seat belt
""".strip().splitlines()
