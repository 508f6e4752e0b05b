"""How each office writes its file: headers, language, scripts, signs, encoding. Layouts are of our own making, in the manner of each country."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Office:
    """`columns` are (header, role). `script` is how names of the office's own country, then foreign ones, are written."""

    language: str
    columns: tuple[tuple[str, str], ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    date: str = "%Y-%m-%d"
    comma: bool = False
    own: int = 0
    foreign: int = 1
    countries: str = "code"
    digits: int = 10
    capitals: bool = False
    rate: float = 1.0  # units of the declared currency for a dollar
    currency: str = "USD"


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (header.strip(), role) for header, _, role in (line.rpartition("=") for line in text.strip().split("|"))
    )


_RU = _columns(
    "ND (Номер декларации)=number|G32 (Номер товара)=line|G072 (Дата регистрации)=date|G011 (Направление перемещения)=direction|G022 (Наименование отправителя)=seller|G023 (Адрес отправителя)=seller_address|G081 (ИНН получателя)=buyer_id|G082 (Наименование получателя)=buyer|G083 (Адрес получателя)=buyer_address|G15A (Код страны отправления)=start|G17A (Код страны назначения)=end|G31_1 (Наименование и характеристики товаров)=text|G31_12 (Товарный знак, патент)=brand|G33 (Код товара по ТН ВЭД)=code|G34 (Код страны происхождения)=origin|G38 (Вес нетто, кг)=net|G35 (Вес брутто, кг)=gross|G31_7 (Количество)=quantity|G31_7_1 (Единица измерения)=unit|G46 (Статистическая стоимость, USD.)=value"
)
_CIS = _columns(
    "Направление (ИМ/ЭК)=direction|Регистрационный №=number|Номер товара=line|Дата регистрации ДТ=date|Наименование отправителя=seller|БИН/ИНН отправителя=seller_id|Страна отправления=start|Получатель=buyer|БИН/ИНН получателя=buyer_id|Адрес получателя=buyer_address|Страна назначения=end|Страна происхождения товара=origin|Код товара по ТН ВЭД=code|Описание и характеристика товара=text|Товарный знак=brand|Количество=quantity|Единица измерения=unit|Вес нетто, кг=net|Номер контейнера=box|Статистическая стоимость, долл. США=value"
)
_ZH = _columns(
    "报关单号=number|项号=line|申报日期=date|境内发货人=seller|境内发货人编码=seller_id|境外收货人=buyer|运抵国=end|原产国=origin|商品编号=code|商品名称=text|品牌=brand|数量=quantity|计量单位=unit|净重(千克)=net|集装箱号=box|总价(美元)=value|成交方式=basis"
)
_TR_EX = _columns(
    "Beyanname No=number|Kalem No=line|Tescil Tarihi=date|İhracatçı Vergi No=seller_id|İhracatçı Unvanı=seller|İhracatçı Adresi=seller_address|Alıcı Unvanı=buyer|Çıkış Ülkesi=start|Varış Ülkesi=end|Menşe Ülke=origin|GTİP=code|Eşya Tanımı=text|Miktar=quantity|Ölçü Birimi=unit|Net Ağırlık (Kg)=net|İstatistiki Kıymet (USD)=value|Teslim Şekli=basis"
)
_TR_IM = _columns(
    "Beyanname No=number|Kalem No=line|Tescil Tarihi=date|Gönderici Unvanı=seller|İthalatçı Vergi No=buyer_id|İthalatçı Unvanı=buyer|Çıkış Ülkesi=start|Varış Ülkesi=end|Menşe Ülke=origin|GTİP=code|Eşya Tanımı=text|Miktar=quantity|Ölçü Birimi=unit|Net Ağırlık (Kg)=net|İstatistiki Kıymet (USD)=value|Teslim Şekli=basis"
)
_EN_EX = _columns(
    "DECLARATION_NO=number|ITEM_NO=line|DECLARATION_DATE=date|EXPORTER_NAME=seller|EXPORTER_ADDRESS=seller_address|BUYER_NAME=buyer|HS_CODE=code|PRODUCT_DESCRIPTION=text|BRAND=brand|ORIGIN_COUNTRY=origin|EXPORT_COUNTRY=start|DESTINATION_COUNTRY=end|QUANTITY=quantity|UNIT=unit|NET_WEIGHT_KG=net|CONTAINER_NO=box|FOB_VALUE_USD=value"
)
_EN_IM = _columns(
    "BILL_OF_ENTRY_NO=number|ITEM_NO=line|BE_DATE=date|IMPORTER_ID=buyer_id|IMPORTER_NAME=buyer|IMPORTER_ADDRESS=buyer_address|SUPPLIER_NAME=seller|HS_CODE=code|PRODUCT_DESCRIPTION=text|COUNTRY_OF_ORIGIN=origin|COUNTRY_OF_SHIPMENT=start|QUANTITY=quantity|UNIT=unit|NET_WEIGHT_KG=net|ASSESSED_VALUE_USD=value"
)
_US = _columns(
    "Bill of Lading Number=number|Arrival Date=date|Shipper Name=seller|Shipper Address=seller_address|Consignee Name=buyer|Consignee Address=buyer_address|Country of Origin=origin|Shipment Origin=start|Container Number=box|HS Code=code|Goods Description=text|Quantity=quantity|Quantity Unit=unit|Weight (KG)=net|Value of Goods (USD)=value"
)
_VI_EX = _columns(
    "Số tờ khai=number|Ngày đăng ký=date|Tên doanh nghiệp xuất khẩu=seller|Mã số thuế=seller_id|Đơn vị đối tác=buyer|Nước nhập khẩu=end|Mã HS=code|Tên hàng=text|Số lượng=quantity|Đơn vị tính=unit|Trọng lượng (KG)=net|Nước xuất xứ=origin|Trị giá USD=value"
)
_VI_IM = _columns(
    "Số tờ khai=number|Ngày đăng ký=date|Tên doanh nghiệp nhập khẩu=buyer|Mã số thuế=buyer_id|Đơn vị đối tác=seller|Nước xuất khẩu=start|Mã HS=code|Tên hàng=text|Số lượng=quantity|Đơn vị tính=unit|Trọng lượng (KG)=net|Nước xuất xứ=origin|Trị giá USD=value"
)
_UK = _columns(
    "Номер декларації=number|Дата оформлення=date|Відправник=seller|Одержувач=buyer|ЄДРПОУ одержувача=buyer_id|Адреса одержувача=buyer_address|Країна відправлення=start|Країна походження=origin|Код УКТЗЕД=code|Опис товару=text|Торгова марка=brand|Кількість=quantity|Одиниця виміру=unit|Вага нетто, кг=net|Фактурна вартість, дол. США=value"
)
_ES_IM = _columns(
    "Número de declaración=number|Ítem=line|Fecha de numeración=date|RUC/RFC importador=buyer_id|Importador=buyer|Proveedor=seller|País de origen=origin|País de embarque=start|Partida arancelaria=code|Descripción comercial=text|Cantidad=quantity|Unidad=unit|Peso neto (kg)=net|Valor CIF US$=value"
)
_ES_EX = _columns(
    "Número de declaración=number|Ítem=line|Fecha de embarque=date|RUC/RFC exportador=seller_id|Exportador=seller|Comprador=buyer|País de destino=end|País de origen=origin|Partida arancelaria=code|Descripción comercial=text|Cantidad=quantity|Unidad=unit|Peso neto (kg)=net|Valor FOB US$=value"
)
_PT = _columns(
    "Número da DI=number|Adição=line|Data do registro=date|CNPJ importador=buyer_id|Importador=buyer|Endereço do importador=buyer_address|Exportador=seller|País de origem=origin|País de aquisição=start|NCM=code|Descrição da mercadoria=text|Quantidade=quantity|Unidade=unit|Peso líquido (kg)=net|Valor aduaneiro US$=value"
)

OFFICES: dict[str, Office] = {
    "ru-import": Office("ru", _RU, "cp1251", ";", "%d.%m.%Y", comma=True, capitals=True),
    "kz-import": Office("ru", _CIS, "utf-16", "\t", "%d.%m.%Y", comma=True, countries="ru"),
    "kz-export": Office("ru", _CIS, "utf-8", "\t", "%d.%m.%Y", comma=True, countries="ru"),
    "kg-import": Office("ru", _CIS, "cp1251", ";", "%d.%m.%Y", comma=True, countries="ru"),
    "kg-export": Office("ru", _CIS, "cp1251", ";", "%d.%m.%Y", comma=True, countries="ru"),
    "uz-import": Office("ru", _CIS, "utf-8-sig", ";", "%Y-%m-%d", countries="ru", foreign=2),
    "uz-export": Office("ru", _CIS, "utf-8-sig", ";", "%Y-%m-%d", countries="ru", foreign=2),
    "tr-export": Office("tr", _TR_EX, "cp1254", ";", "%d.%m.%Y", comma=True, countries="tr", digits=12, capitals=True),
    "tr-import": Office("tr", _TR_IM, "cp1254", ";", "%d.%m.%Y", comma=True, countries="tr", digits=12, capitals=True),
    "ae-export": Office("en", _EN_EX, "utf-8-sig", ",", "%d-%m-%Y", countries="en", digits=8, capitals=True),
    "ae-import": Office("en", _EN_IM, "utf-8", ",", "%d-%m-%Y", countries="en", digits=8, capitals=True),
    "in-export": Office("en", _EN_EX, "utf-8", ",", "%d/%m/%Y", countries="en", digits=8, capitals=True),
    "in-import": Office("en", _EN_IM, "utf-8", ",", "%d/%m/%Y", countries="en", digits=8, capitals=True),
    "ge-import": Office("en", _EN_IM, "utf-8", ";", "%Y-%m-%d", own=1, digits=10),
    "ge-export": Office("en", _EN_EX, "utf-8", ";", "%Y-%m-%d", own=1, digits=10),
    "am-export": Office("en", _EN_EX, "utf-8", ",", "%Y-%m-%d", own=1, digits=10),
    "rs-export": Office("en", _EN_EX, "utf-8", ",", "%Y-%m-%d", own=1, digits=10),
    "us-import": Office("en", _US, "utf-8", ",", "%m/%d/%Y", countries="en", digits=6, capitals=True),
    "vn-import": Office("vi", _VI_IM, "utf-8", ",", "%Y-%m-%d", countries="en", digits=8),
    "vn-export": Office("vi", _VI_EX, "utf-8", ",", "%Y-%m-%d", countries="en", digits=8),
    "ua-import": Office("uk", _UK, "utf-8", ";", "%d.%m.%Y", comma=True, foreign=1),
    "mx-import": Office("es", _ES_IM, "latin-1", ",", "%d/%m/%Y", countries="es", digits=8),
    "mx-export": Office("es", _ES_EX, "latin-1", ",", "%d/%m/%Y", countries="es", digits=8),
    "pe-import": Office("es", _ES_IM, "utf-8", ",", "%d/%m/%Y", countries="es", capitals=True),
    "pe-export": Office("es", _ES_EX, "utf-8", ",", "%d/%m/%Y", countries="es", capitals=True),
    "br-import": Office("pt", _PT, "utf-8", ";", "%d/%m/%Y", comma=True, digits=8),
    "cn-export": Office("zh", _ZH, "gb18030", ",", "%Y-%m-%d", countries="zh"),
}  # fmt: skip

# Countries in the order of lands.LANDS.
_NAMES = {
    "en": "CHINA GERMANY SOUTH_KOREA JAPAN TAIWAN UNITED_STATES INDIA VIETNAM TURKEY UNITED_ARAB_EMIRATES HONG_KONG KAZAKHSTAN KYRGYZSTAN UZBEKISTAN ARMENIA GEORGIA SERBIA UKRAINE RUSSIAN_FEDERATION MEXICO BRAZIL PERU POLAND",
    "ru": "КИТАЙ ГЕРМАНИЯ РЕСПУБЛИКА_КОРЕЯ ЯПОНИЯ ТАЙВАНЬ США ИНДИЯ ВЬЕТНАМ ТУРЦИЯ ОАЭ ГОНКОНГ КАЗАХСТАН КИРГИЗИЯ УЗБЕКИСТАН АРМЕНИЯ ГРУЗИЯ СЕРБИЯ УКРАИНА РОССИЯ МЕКСИКА БРАЗИЛИЯ ПЕРУ ПОЛЬША",
    "zh": "中国 德国 韩国 日本 台湾 美国 印度 越南 土耳其 阿联酋 中国香港 哈萨克斯坦 吉尔吉斯斯坦 乌兹别克斯坦 亚美尼亚 格鲁吉亚 塞尔维亚 乌克兰 俄罗斯 墨西哥 巴西 秘鲁 波兰",
    "es": "CHINA ALEMANIA COREA_DEL_SUR JAPÓN TAIWÁN ESTADOS_UNIDOS INDIA VIETNAM TURQUÍA EMIRATOS_ÁRABES_UNIDOS HONG_KONG KAZAJISTÁN KIRGUISTÁN UZBEKISTÁN ARMENIA GEORGIA SERBIA UCRANIA RUSIA MÉXICO BRASIL PERÚ POLONIA",
    "tr": "ÇİN ALMANYA GÜNEY_KORE JAPONYA TAYVAN ABD HİNDİSTAN VİETNAM TÜRKİYE BİRLEŞİK_ARAP_EMİRLİKLERİ HONG_KONG KAZAKİSTAN KIRGIZİSTAN ÖZBEKİSTAN ERMENİSTAN GÜRCİSTAN SIRBİSTAN UKRAYNA RUSYA_FEDERASYONU MEKSİKA BREZİLYA PERU POLONYA",
}  # fmt: skip
COUNTRIES = {language: tuple(n.replace("_", " ") for n in names.split()) for language, names in _NAMES.items()}
UNITS = {
    "en": {"C62": "PCS", "KGM": "KGS", "MTK": "SQM"}, "ru": {"C62": "ШТ", "KGM": "КГ", "MTK": "М2"}, "zh": {"C62": "个", "KGM": "千克", "MTK": "平方米"}, "tr": {"C62": "ADET", "KGM": "KG", "MTK": "M2"},
    "es": {"C62": "UNIDADES", "KGM": "KILOGRAMOS", "MTK": "METROS CUADRADOS"}, "pt": {"C62": "UNIDADE", "KGM": "QUILOGRAMA", "MTK": "METRO QUADRADO"}, "vi": {"C62": "Cái", "KGM": "KG", "MTK": "M2"}, "uk": {"C62": "шт", "KGM": "кг", "MTK": "м2"},
}  # fmt: skip
PLACES = {
    "zh": ("Futian District, Shenzhen", "Baiyun District, Guangzhou", "Beilun, Ningbo"), "ru": ("г. Москва, ул. Полярная", "г. Новосибирск, ул. Сибирская", "г. Екатеринбург, ул. Мира"), "kz": ("г. Алматы, пр. Достык", "г. Астана, ул. Кенесары", "г. Костанай, ул. Байтурсынова"),
    "kg": ("г. Бишкек, ул. Чуй", "г. Ош, ул. Ленина"), "uz": ("г. Ташкент, ул. Навои", "г. Самарканд, ул. Регистан"), "am": ("Yerevan, Abovyan st.", "Gyumri, Mira st."), "ge": ("Tbilisi, Rustaveli ave.", "Batumi, Chavchavadze st."),
    "ua": ("м. Київ, вул. Хрещатик", "м. Львів, вул. Зелена"), "rs": ("Beograd, Nemanjina", "Novi Sad, Dunavska"), "tr": ("Atatürk Cad., İstanbul", "Liman Mah., Mersin"), "ar": ("Jebel Ali Free Zone, Dubai", "Al Khan, Sharjah"), "in": ("Andheri East, Mumbai", "Okhla, New Delhi"),
    "vi": ("Quận 1, TP Hồ Chí Minh", "Cầu Giấy, Hà Nội"), "es": ("Av. Industrial", "Calle Comercio"), "pt": ("Rua do Porto, Santos", "Av. Paulista, São Paulo"), "de": ("Industriestr., Hamburg", "Hauptstr., Bremen"), "en": ("Harbour Road", "Commerce Street"),
}  # fmt: skip
