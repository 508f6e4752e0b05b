"""Goods texts: what declarants write around the name of the goods, in eight languages, and texts that say nothing."""

from __future__ import annotations

# Per language: openings, what stands between name and brand, what follows. {n} becomes an article number, {m} a count.
OPENINGS: dict[str, tuple[str, ...]] = {
    "en": ("", "", "", "new ", "commercial goods: ", "parts and accessories: ", "1) ", "goods of general use: "),
    "ru": ("", "", "", "новые ", "товар: ", "изделия торговые: ", "1) ", "для гражданского применения: "),
    "zh": ("", "", "", "全新", "商品：", "民用", "1、", "一般贸易 "),
    "es": ("", "", "", "mercancía nueva: ", "artículos: ", "para uso comercial: ", "1) ", "lote de "),
    "pt": ("", "", "", "mercadoria nova: ", "artigos: ", "para uso comercial: ", "1) ", "lote de "),
    "tr": ("", "", "", "yeni ", "ticari eşya: ", "muhtelif ", "1) ", "sivil kullanım: "),
    "vi": ("", "", "", "hàng mới 100% ", "hàng hóa: ", "dùng dân dụng: ", "1) ", "lô hàng "),
    "uk": ("", "", "", "нові ", "товар: ", "вироби: ", "1) ", "для цивільного використання: "),
}
BRANDS: dict[str, tuple[str, ...]] = {
    "en": (" ", ", brand ", ", model ", " - ", ", type ", " (", " P/N "),
    "ru": (" ", ", торговая марка ", ", модель ", " - ", ", тип ", " (", " арт. "),
    "zh": (" ", "，品牌：", "，型号：", "|", " 型号", "（", " 货号 "),
    "es": (" ", ", marca ", ", modelo ", " - ", ", tipo ", " (", " ref. "),
    "pt": (" ", ", marca ", ", modelo ", " - ", ", tipo ", " (", " ref. "),
    "tr": (" ", ", marka ", ", model ", " - ", ", tip ", " (", " parça no "),
    "vi": (" ", ", hiệu ", ", model ", " - ", ", loại ", " (", " mã "),
    "uk": (" ", ", торгова марка ", ", модель ", " - ", ", тип ", " (", " арт. "),
}
ENDINGS: dict[str, tuple[str, ...]] = {
    "en": ("", "", "", ", as per invoice", ", in cartons", ", {m} pallets", ", lot {n}", ", order {n}", ", not for military use"),
    "ru": ("", "", "", ", согласно инвойсу", ", в картонных коробках", ", {m} мест", ", партия {n}", ", контракт {n}", ", не военного назначения"),
    "zh": ("", "", "", "，见发票", "，纸箱装", "，{m}箱", "，批号{n}", "，合同{n}", "，非军用"),
    "es": ("", "", "", ", según factura", ", en cajas", ", {m} bultos", ", lote {n}", ", pedido {n}", ", uso civil"),
    "pt": ("", "", "", ", conforme fatura", ", em caixas", ", {m} volumes", ", lote {n}", ", pedido {n}", ", uso civil"),
    "tr": ("", "", "", ", faturaya göre", ", kolilerde", ", {m} koli", ", parti {n}", ", sipariş {n}", ", sivil kullanım"),
    "vi": ("", "", "", ", theo hóa đơn", ", đóng thùng", ", {m} kiện", ", lô {n}", ", đơn hàng {n}", ", không dùng cho quân sự"),
    "uk": ("", "", "", ", згідно з інвойсом", ", у коробках", ", {m} місць", ", партія {n}", ", контракт {n}", ", не військового призначення"),
}  # fmt: skip
VAGUE: dict[str, tuple[str, ...]] = {
    "en": ("goods", "spare parts", "accessories", "electronic goods", "as per invoice", "equipment", "general cargo", "consolidated goods", "samples", "household goods"),
    "ru": ("товары", "запасные части", "аксессуары", "электронные товары", "товар согласно инвойсу", "оборудование", "сборный груз", "комплектующие", "образцы", "изделия"),
    "zh": ("货物", "配件", "零件", "电子产品", "见发票", "设备", "杂货", "样品", "日用品", "组件"),
    "es": ("mercancías", "repuestos", "accesorios", "artículos electrónicos", "según factura", "equipos", "carga general", "muestras", "partes", "varios"),
    "pt": ("mercadorias", "peças", "acessórios", "artigos eletrônicos", "conforme fatura", "equipamentos", "carga geral", "amostras", "partes", "diversos"),
    "tr": ("eşya", "yedek parça", "aksesuar", "elektronik eşya", "faturaya göre", "ekipman", "genel kargo", "numune", "parça", "muhtelif eşya"),
    "vi": ("hàng hóa", "phụ tùng", "phụ kiện", "hàng điện tử", "theo hóa đơn", "thiết bị", "hàng tổng hợp", "hàng mẫu", "linh kiện", "bộ phận"),
    "uk": ("товари", "запасні частини", "аксесуари", "електронні товари", "згідно з інвойсом", "обладнання", "збірний вантаж", "зразки", "комплектуючі", "вироби"),
}  # fmt: skip
