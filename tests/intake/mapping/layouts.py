"""Layouts of our own making: headers in 12 languages and the roles they should get (`column=role`, separated by `;`)."""

LAYOUTS: dict[str, tuple[str, str]] = {
    "es": (
        "importaciones_2023.csv",
        "Fecha de Declaración=date;Nro. Declaración=declaration_id;Aduana de Ingreso=customs_office;RUC Importador=importer_id;Razón Social Importador=importer_name;Dirección del Importador=importer_address;Proveedor=exporter_name;Dirección Proveedor=exporter_address;País de Origen=origin_country;País de Procedencia=departure_country;País de Adquisición=trading_country;Partida Arancelaria=hs_code;Descripción Comercial=description;Marca=brand;Cantidad=quantity;Unidad de Medida=unit;Peso Neto (kg)=net_kg;Peso Bruto (kg)=gross_kg;Valor FOB US$=value_usd;Flete=ignore;Seguro=ignore;IVA=ignore;Vía de Transporte=transport_mode;Agente de Aduana=ignore;Nro. Conocimiento de Embarque=bill_of_lading",
    ),
    "pt": (
        "exportacao.csv",
        "Data do Registro=date;Número da Declaração=declaration_id;CNPJ Exportador=exporter_id;Nome do Exportador=exporter_name;Endereço do Exportador=exporter_address;Importador Estrangeiro=importer_name;País de Destino=destination_country;País de Origem=origin_country;Código NCM=hs_code;Descrição da Mercadoria=description;Quantidade Estatística=quantity;Unidade Estatística=unit;Peso Líquido=net_kg;Peso Bruto=gross_kg;Valor FOB (US$)=value_usd;Moeda=currency;Incoterm=value_basis;Via de Transporte=transport_mode;URF de Despacho=customs_office;Despachante=ignore",
    ),
    "tr": (
        "ithalat.csv",
        "Tescil Tarihi=date;Beyanname No=declaration_id;Gümrük İdaresi=customs_office;Alıcı Vergi No=importer_id;Alıcı Ünvanı=importer_name;Alıcı Adresi=importer_address;Gönderici Adı=exporter_name;Menşe Ülke=origin_country;Çıkış Ülkesi=departure_country;Ticaret Yapılan Ülke=trading_country;GTİP=hs_code;Ticari Tanım=description;Marka=brand;Miktar=quantity;Ölçü Birimi=unit;Net Ağırlık (kg)=net_kg;Brüt Ağırlık (kg)=gross_kg;Fatura Bedeli=value;Döviz Cinsi=currency;İstatistiki Kıymet (USD)=value_usd;Teslim Şekli=value_basis;KDV=ignore;Gümrük Vergisi=ignore;Taşıma Şekli=transport_mode;Kalem No=line_no;Konteyner No=container",
    ),
    "vi": (
        "nhap khau.xlsx",
        "Ngày đăng ký=date;Số tờ khai=declaration_id;Mã số thuế=importer_id;Tên doanh nghiệp nhập khẩu=importer_name;Địa chỉ người nhập khẩu=importer_address;Tên người xuất khẩu=exporter_name;Nước xuất xứ=origin_country;Nước xuất khẩu=departure_country;Mã HS=hs_code;Mô tả hàng hóa=description;Số lượng=quantity;Đơn vị tính=unit;Trị giá USD=value_usd;Đơn giá=unit_price;Thuế suất=ignore;Điều kiện giao hàng=value_basis;Phương thức vận chuyển=transport_mode;Chi cục hải quan=customs_office;Số vận đơn=bill_of_lading;Tỷ giá=ignore;Mã ngoại tệ=currency",
    ),
    "zh": (
        "进口数据.csv",
        "申报日期=date;报关单号=declaration_id;进口商名称=importer_name;进口商地址=importer_address;收货人税号=importer_id;供应商=exporter_name;原产国=origin_country;启运国=departure_country;贸易国=trading_country;商品编码=hs_code;商品描述=description;品牌=brand;数量=quantity;单位=unit;净重=net_kg;毛重=gross_kg;总价=value;币种=currency;美元金额=value_usd;单价=unit_price;成交方式=value_basis;运输方式=transport_mode;海关=customs_office;集装箱号=container;提单号=bill_of_lading;项号=line_no;关税=ignore;运费=ignore",
    ),
    "id": (
        "data impor.csv",
        "Tanggal PIB=date;Nomor PIB=declaration_id;Nama Importir=importer_name;NPWP Importir=importer_id;Alamat Importir=importer_address;Nama Pemasok=exporter_name;Negara Pemasok=exporter_country;Negara Asal=origin_country;Pos Tarif=hs_code;Uraian Barang=description;Merek=brand;Jumlah Satuan=quantity;Jenis Satuan=unit;Berat Bersih=net_kg;Berat Kotor=gross_kg;Nilai CIF USD=value_usd;Valuta=currency;Bea Masuk=ignore;Kantor Pabean=customs_office;Moda Transportasi=transport_mode",
    ),
    "fr": (
        "importations.csv",
        "Date d'enregistrement=date;Numéro de déclaration=declaration_id;Bureau de douane=customs_office;Nom de l'importateur=importer_name;NIF importateur=importer_id;Adresse de l'importateur=importer_address;Fournisseur=exporter_name;Pays d'origine=origin_country;Pays de provenance=departure_country;Code SH=hs_code;Désignation des marchandises=description;Marque=brand;Quantité=quantity;Unité=unit;Poids net=net_kg;Poids brut=gross_kg;Valeur FOB=value;Devise=currency;Droits de douane=ignore;TVA=ignore;Mode de transport=transport_mode;Conditions de livraison=value_basis;Numéro d'article=line_no;Déclarant=ignore",
    ),
    "ko": (
        "수입신고.csv",
        "신고번호=declaration_id;신고일자=date;수입자명=importer_name;사업자번호=importer_id;해외공급자=exporter_name;원산지=origin_country;적출국=departure_country;세번부호=hs_code;품명=description;수량=quantity;단위=unit;순중량=net_kg;총중량=gross_kg;결제금액=value;통화=currency;미화금액=value_usd;인도조건=value_basis;세관=customs_office;관세=ignore;운송수단=transport_mode;환율=ignore;상표=brand",
    ),
    "uk": (
        "імпорт.csv",
        "Дата оформлення=date;Номер декларації=declaration_id;Митниця=customs_office;Код ЄДРПОУ одержувача=importer_id;Одержувач=importer_name;Адреса одержувача=importer_address;Відправник=exporter_name;Країна походження=origin_country;Країна відправлення=departure_country;Торгуюча країна=trading_country;Код УКТЗЕД=hs_code;Опис товару=description;Торговельна марка=brand;Виробник=manufacturer;Кількість=quantity;Одиниця виміру=unit;Вага нетто, кг=net_kg;Вага брутто, кг=gross_kg;Фактурна вартість=value;Валюта=currency;Умови поставки=value_basis;Митна вартість, грн=ignore;Декларант=ignore",
    ),
    "kk": (
        "импорт kz.csv",
        "Декларация нөмірі=declaration_id;Тіркеу күні=date;Алушының атауы=importer_name;Алушының БСН=importer_id;Алушының мекенжайы=importer_address;Жөнелтушінің атауы=exporter_name;Шыққан елі=origin_country;Жөнелту елі=departure_country;СЭҚ ТН коды=hs_code;Тауардың сипаттамасы=description;Тауар белгісі=brand;Саны=quantity;Өлшем бірлігі=unit;Таза салмағы=net_kg;Брутто салмағы=gross_kg;Валюта=currency;Кедендік құны=value;Жеткізу шарттары=value_basis;Кеден органы=customs_office",
    ),
    "ru_short": (
        "x.csv",
        "Номер ДТ=declaration_id;Дата=date;Направление=direction;Отправитель=exporter_name;ИНН отправителя=exporter_id;Получатель=importer_name;ИНН получателя=importer_id;Адрес получателя=importer_address;Страна происх.=origin_country;Страна отпр.=departure_country;Страна назн.=destination_country;Торг. страна=trading_country;ТНВЭД=hs_code;Описание=description;Изготовитель=manufacturer;Тов. знак=brand;Брутто=gross_kg;Нетто=net_kg;Кол-во=quantity;Ед. изм.=unit;Фактурная ст-ть=value;Валюта=currency;Стат. стоимость=value_usd;Тамож. стоимость=ignore;Условия поставки=value_basis;Вид транспорта=transport_mode;Декларант=ignore;ИНН декларанта=ignore;Контейнеры=container;Цена за кг=unit_price",
    ),
    "ru_boxes": (
        "dt.csv",
        "01=ignore;1.1=direction;2.1 ИНН=exporter_id;2.2 Отправитель=exporter_name;2.3 Адрес=exporter_address;8.1 ИНН=importer_id;8.2 Получатель=importer_name;8.3 Адрес=importer_address;11=trading_country;15A=departure_country;17A=destination_country;22.1=currency;31.1=description;31.11=manufacturer;31.12=brand;32=line_no;33=hs_code;34=origin_country;35=gross_kg;38=net_kg;42=value;46=value_usd;25=transport_mode;20.2=value_basis;14.2 Декларант=ignore",
    ),
    "en": (
        "customs_extract.csv",
        "Decl No=declaration_id;Decl Date=date;Item=line_no;Importer TIN=importer_id;Importer=importer_name;Importer Addr=importer_address;Consignor=exporter_name;Ctry Origin=origin_country;Ctry Consignment=departure_country;Ctry Dest=destination_country;Commodity Code=hs_code;Goods Desc=description;Qty=quantity;UoM=unit;Net Wt (kg)=net_kg;Gross Wt (kg)=gross_kg;Inv Val=value;Inv Curr=currency;Stat Value USD=value_usd;Duty Paid=ignore;VAT=ignore;Deliv Terms=value_basis;MoT=transport_mode;Office=customs_office;AWB No=bill_of_lading;Container Nos=container;Make=brand;Mfr=manufacturer",
    ),
    "ec": (
        "ecuador_import_full.csv",
        "REFRENDO=declaration_id;FECHA_LIQUIDACION=ignore;FECHA_EMBARQUE=date;IMPORTADOR=importer_name;RUC_IMPORTADOR=importer_id;EMBARCADOR_REMITENTE=exporter_name;SUBPARTIDA=hs_code;DESCRIPCION_PRODUCTO=description;PAIS_ORIGEN=origin_country;PAIS_EMBARQUE=departure_country;MARCA_MERCANCIA=brand;CANTIDAD_COMERCIAL=quantity;TIPO_UNIDAD=unit;PESO_NETO_KG=net_kg;FOB_USD=value_usd;CIF_USD=ignore;FLETE_USD=ignore;ADUANA=customs_office;AGENTE_AFIANZADO=ignore;INCOTERM=value_basis;NAVE=ignore",
    ),
    "pa": (
        "panama_import.csv",
        "IMPORT_DATE=date;IMPORTER_RUC=importer_id;IMPORTER_NAME=importer_name;FOREIGN_SUPPLIER=exporter_name;ORIGIN=origin_country;COUNTRY_OF_PURCHASE=trading_country;HTS_CODE=hs_code;COMMODITY=description;QTY=quantity;QTY_UNIT=unit;WEIGHT_NET=net_kg;WEIGHT_GROSS=gross_kg;CIF_VALUE_USD=value_usd;FREIGHT=ignore;DUTY_AMOUNT=ignore;CUSTOMS_PORT=customs_office;MARK=brand",
    ),
    "ua": (
        "ua_export.csv",
        "МД номер=declaration_id;Дата МД=date;Експортер=exporter_name;ЄДРПОУ експортера=exporter_id;Імпортер=importer_name;Країна призначення=destination_country;Код товару УКТЗЕД=hs_code;Опис=description;Вага нетто=net_kg;Вага брутто=gross_kg;К-сть=quantity;Од. виміру=unit;Статистична вартість USD=value_usd;Умови поставки=value_basis;Митний орган=customs_office",
    ),
    "zm": (
        "zambia_import_full.csv",
        "REG_NO=declaration_id;REG_DATE=date;TPIN=importer_id;CONSIGNEE=importer_name;CONSIGNOR_NAME=exporter_name;ITEM_NUM=line_no;HSCODE=hs_code;COMM_DESC=description;COUNTRY_ORIGIN=origin_country;COUNTRY_EXPORT=departure_country;SUPP_QTY=quantity;SUPP_UNIT=unit;NET_MASS=net_kg;GROSS_MASS=gross_kg;CUSTOMS_VALUE_ZMW=value;VALUE_FOR_DUTY_USD=value_usd;EXCISE=ignore;VAT_AMT=ignore;DECLARANT=ignore;MODE_TRANSPORT=transport_mode;OFFICE_CODE=customs_office",
    ),
    "gh": (
        "ghana_imports.csv",
        "BOE Number=declaration_id;BOE Date=date;Importer TIN=importer_id;Importer Name=importer_name;Exporter Name=exporter_name;HS Code=hs_code;Item Description=description;Country of Origin=origin_country;Country of Consignment=departure_country;Net Weight=net_kg;Quantity=quantity;UOM=unit;FOB (GHS)=value;FOB (USD)=value_usd;CIF (GHS)=ignore;Container No=container;BL No=bill_of_lading;Collection=ignore;Currency=currency;Exchange Rate=ignore",
    ),
    "ru_upper": (
        "ru.csv",
        "НОМЕР ДЕКЛАРАЦИИ=declaration_id;ДАТА РЕГИСТРАЦИИ=date;ЭКСПОРТЕР=exporter_name;АДРЕС ЭКСПОРТЕРА=exporter_address;ИМПОРТЕР=importer_name;ИНН ИМПОРТЕРА=importer_id;АДРЕС ИМПОРТЕРА=importer_address;ТОРГУЮЩАЯ СТРАНА=trading_country;СТРАНА ПРОИСХОЖДЕНИЯ=origin_country;СТРАНА ОТПРАВЛЕНИЯ=departure_country;СТРАНА НАЗНАЧЕНИЯ=destination_country;ТН ВЭД=hs_code;ОПИСАНИЕ ТОВАРА=description;ПРОИЗВОДИТЕЛЬ=manufacturer;ТОРГОВАЯ МАРКА=brand;ВЕС НЕТТО, КГ=net_kg;ВЕС БРУТТО, КГ=gross_kg;КОЛИЧЕСТВО=quantity;ЕДИНИЦА ИЗМЕРЕНИЯ=unit;СТОИМОСТЬ, USD=value_usd;ИНВОЙСНАЯ СТОИМОСТЬ=value;КОД ВАЛЮТЫ=currency;УСЛОВИЯ ПОСТАВКИ=value_basis;ТАМОЖЕННЫЙ ПОСТ=customs_office;НАПРАВЛЕНИЕ=direction;ВИД ТРАНСПОРТА=transport_mode;НОМЕР ТОВАРА=line_no;ТАМОЖЕННЫЙ ПРЕДСТАВИТЕЛЬ=ignore;КУРС ВАЛЮТЫ=ignore",
    ),
    "ru_gcodes": (
        "ru_dt.csv",
        "ND=declaration_id;G01_1=direction;G02_1=exporter_id;G02_2=exporter_name;G02_3=exporter_address;G08_1=importer_id;G08_2=importer_name;G08_3=importer_address;G09_1=ignore;G09_2=ignore;G11_1=trading_country;G14_2=ignore;G15_1=departure_country;G16=origin_country;G17_1=destination_country;G20_2=value_basis;G22_1=currency;G22_2=ignore;G25_1=transport_mode;G31_1=description;G32_1=line_no;G33_1=hs_code;G34_1=ignore;G35_1=gross_kg;G38_1=net_kg;G42_1=value;G45_1=ignore;G46_1=value_usd;G07_2=date;G07_1=customs_office",
    ),
    "id_snake": (
        "id.csv",
        "tgl_daftar=date;no_daftar=declaration_id;nama_perusahaan_importir=importer_name;npwp_importir=importer_id;alamat_importir=importer_address;eksportir=exporter_name;negara_asal_barang=origin_country;negara_ekspor=departure_country;kode_hs=hs_code;uraian_barang=description;jumlah=quantity;satuan=unit;netto=net_kg;bruto=gross_kg;nilai_fob=value;valuta=currency;pelabuhan_muat=ignore",
    ),
    "pan": (
        "panjiva.csv",
        "Shipment Date=date;Consignee (Original Format)=importer_name;Shipper (Original Format)=exporter_name;Shipper Address=exporter_address;Goods Description=description;Gross Weight (kg)=gross_kg;Net Weight (kg)=net_kg;Value of Goods, FOB (USD)=value_usd;Country of Sale=trading_country;Shipment Origin=departure_country;HS Code=hs_code;Item Quantity=quantity;Item Unit=unit;Transport Method=transport_mode;Bill of Lading Number=bill_of_lading;Container Numbers=container;Declaration Number=declaration_id;Broker=ignore",
    ),
    "ar": (
        "argentina_import.csv",
        "NRO_DESPACHO=declaration_id;FECHA_OFICIALIZACION=date;CUIT=importer_id;RAZON_SOCIAL_IMPORTADOR=importer_name;POSICION_ARANCELARIA=hs_code;PAIS_ORIGEN=origin_country;PAIS_PROCEDENCIA=departure_country;MARCA=brand;CANTIDAD=quantity;UNIDAD=unit;KILOS_NETOS=net_kg;KILOS_BRUTOS=gross_kg;FOB_DOLAR=value_usd;FLETE_DOLAR=ignore;SEGURO_DOLAR=ignore;CONDICION_VENTA=value_basis;DIVISA=currency;TRANSPORTE=transport_mode;ADUANA=customs_office;DESCRIPCION=description",
    ),
    "idn": (
        "indonesia_import_full.csv",
        "PIB_NO=declaration_id;PIB_DATE=date;IMPORTER_NAME=importer_name;IMPORTER_ADDRESS=importer_address;NPWP=importer_id;SUPPLIER_NAME=exporter_name;SUPPLIER_COUNTRY=exporter_country;HS_CODE=hs_code;PRODUCT_DESCRIPTION=description;CIF_USD=value_usd;GROSS_WEIGHT=gross_kg;NET_WEIGHT=net_kg;QUANTITY=quantity;UNIT=unit;ORIGIN_COUNTRY=origin_country;LOADING_PORT=ignore;UNLOADING_PORT=ignore;TRANSPORTATION_METHOD=transport_mode;MERCHANDISE_STATUS=ignore;IDR_RATE=ignore",
    ),
    "per": (
        "peru_import_full.csv",
        "CUSTOMS=customs_office;DUA=declaration_id;SERIE=line_no;IMP_DATE=date;IMPORTER_RUC=importer_id;IMPORTER=importer_name;SUPPLIER=exporter_name;HS_CODE=hs_code;DESCRIPTION_1=description;DESCRIPTION_2=ignore;ORIGIN_COUNTRY=origin_country;PURCHASE_COUNTRY=trading_country;PORT_OF_SHIPMENT=ignore;NET_KG=net_kg;GROSS_KG=gross_kg;COMMERCIAL_QUANTITY=quantity;COMMERCIAL_UNIT=unit;FOB_USD=value_usd;CIF_USD=ignore;FREIGHT_USD=ignore;UNIT_FOB_USD=unit_price;CUSTOMS_AGENT=ignore;TRANSPORT=transport_mode;BL_AWB=bill_of_lading;STATE_OF_GOODS=ignore",
    ),
    "ukr": (
        "ukraine_import_full.csv",
        "CUSTOMS_DECLARATION_NUMBER=declaration_id;DATE=date;SENDER=exporter_name;SENDER_ADDRESS=exporter_address;RECIPIENT=importer_name;RECIPIENT_CODE=importer_id;RECIPIENT_ADDRESS=importer_address;NAME_OF_GOODS=description;TRADEMARK=brand;PRODUCER=manufacturer;UKTZED_CODE=hs_code;COUNTRY_OF_ORIGIN=origin_country;COUNTRY_OF_DISPATCH=departure_country;TRADING_COUNTRY=trading_country;NET_WEIGHT_KG=net_kg;GROSS_WEIGHT_KG=gross_kg;QUANTITY=quantity;UNIT=unit;INVOICE_VALUE_USD=value_usd;CUSTOMS_VALUE_UAH=value;TERMS_OF_DELIVERY=value_basis;DELIVERY_PLACE=ignore;CONTRACT_HOLDER=ignore;USD_PER_KG=unit_price",
    ),
    "gha": (
        "ghana_export_short.csv",
        "EXPORTERNAME=exporter_name;BUYERNAME=importer_name;HSCODE=hs_code;HSDESCRIPTION=description;DESTINATIONCOUNTRY=destination_country;TOTALVALUE_USD=value_usd;%GTTOTALVALUE_USD=ignore;TOTALQTY=quantity;SUMOFNETWEIGHT=net_kg;MONTHYEAR=date;AVGUNITPRICE=unit_price",
    ),
    "gtm": (
        "guatemala_import.csv",
        "FECHA_IMPORTACION=date;NUMERO_DUCA=declaration_id;NIT_IMPORTADOR=importer_id;IMPORTADOR=importer_name;NOMBRE_PROVEEDOR=exporter_name;PAIS_DE_ORIGEN=origin_country;PAIS_EXPORTADOR=exporter_country;SAC=hs_code;DESCRIPCION_ARANCELARIA=ignore;DESCRIPCION_MERCANCIA=description;ADUANA_INGRESO=customs_office;VIA=transport_mode;PESO_BRUTO=gross_kg;PESO_NETO=net_kg;CANTIDAD_FRACCION=quantity;UNIDAD_FRACCION=unit;VALOR_CIF_USD=value_usd;DAI=ignore;IVA_IMPORTACION=ignore",
    ),
    "usb": (
        "usbol.csv",
        "Bill of Lading=bill_of_lading;Arrival Date=date;Shipper Name=exporter_name;Shipper Address=exporter_address;Consignee Name=importer_name;Consignee Address=importer_address;Notify Name=ignore;Product Description=description;Country of Origin=origin_country;Foreign Port=ignore;US Port=ignore;Vessel=ignore;Carrier SCAC=ignore;Gross Weight=gross_kg;Quantity=quantity;Quantity Unit=unit;Containers=container;HTS=hs_code;Estimated Value (USD)=value_usd;Master BOL=ignore;TEU=ignore",
    ),
    "ru_4": (
        "ru_gtd.csv",
        "Регистрационный номер ДТ=declaration_id;Дата выпуска=ignore;Дата ДТ=date;Код процедуры=ignore;Грузоотправитель=exporter_name;Страна грузоотправителя=exporter_country;Грузополучатель=importer_name;ИНН/КПП получателя=importer_id;Контрактодержатель=ignore;Наим. товара=description;Фирма-производитель=manufacturer;ТЗ=ignore;Код ТНВЭД ЕАЭС=hs_code;Страна происхождения (код)=origin_country;Страна отправления (код)=departure_country;Страна назначения (код)=destination_country;Торгующая страна (код)=trading_country;Масса нетто (кг)=net_kg;Масса брутто (кг)=gross_kg;Количество в ДЕИ=quantity;ДЕИ=unit;Стоимость по счету=value;Валюта счета=currency;Таможенная стоимость, руб.=ignore;Стат. стоимость, долл. США=value_usd;Инкотермс=value_basis;Пост=customs_office;Цена, USD/шт=unit_price",
    ),
    "zh_2": (
        "中国海关出口.csv",
        "日期=date;出口商=exporter_name;企业代码=exporter_id;国外客户=importer_name;目的国=destination_country;HS编码=hs_code;产品名称=description;规格型号=ignore;出口数量=quantity;计量单位=unit;金额(美元)=value_usd;单价(美元)=unit_price;海关口岸=customs_office;运输方式=transport_mode;贸易方式=ignore;原产地=origin_country;净重(千克)=net_kg",
    ),
    "tr_2": (
        "ihracat verisi.csv",
        "Beyanname Tescil No=declaration_id;Beyanname Tescil Tarihi=date;İhracatçı Firma=exporter_name;İhracatçı Vergi Numarası=exporter_id;Alıcı Firma=importer_name;Varış Ülkesi=destination_country;Menşei=origin_country;GTİP Kodu=hs_code;GTİP Açıklaması=ignore;Eşya Tanımı=description;Miktar=quantity;Birim=unit;Net Kg=net_kg;Brüt Kg=gross_kg;FOB USD=value_usd;Fatura Tutarı=value;Döviz Kodu=currency;Birim Fiyat=unit_price;Çıkış Gümrüğü=customs_office;Teslim Şekli=value_basis",
    ),
}
