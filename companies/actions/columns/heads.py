"""How the columns are headed: ours first, then what chambers and statistical offices write."""

from __future__ import annotations

Heads = dict[str, tuple[str, ...]]


def heads(en: str, de: str, zh: str) -> Heads:
    """Alternatives stand between bars."""
    return {"en": tuple(en.split("|")), "de": tuple(de.split("|")), "zh": tuple(zh.split("|"))}


HEADS: dict[str, Heads] = {
    "id": heads("Our number|ID of the entry", "Unsere Nummer|Nummer des Eintrags", "本库编号|条目编号"),
    "registered_name": heads(
        "Registered name|Name|Company|Company name|Firm|Legal name",
        "Eingetragener Name|Firma|Firmenname|Unternehmen|Unternehmensname|Name|Firmierung"
        "|Name des Unternehmens",
        "登记名称|企业名称|公司名称|单位名称|名称|企业|公司",
    ),
    "latin_name": heads(
        "Name in Latin letters|Latin name|Pinyin|Name in pinyin|Romanised name",
        "Name in lateinischer Schrift|Lateinischer Name|Pinyin",
        "拉丁字母名称|拼音|拼音名称|名称拼音",
    ),
    "name_zh": heads(
        "Name in Chinese|Chinese name", "Name auf Chinesisch|Chinesischer Name", "中文名称|中文名"
    ),
    "name_de": heads("Name in German|German name", "Name auf Deutsch|Deutscher Name", "德文名称|德语名称"),
    "name_en": heads(
        "Name in English|English name", "Name auf Englisch|Englischer Name", "英文名称|英语名称|英文名"
    ),
    "translation_zh": heads("Chinese texts are", "Chinesische Texte sind", "中文文本来源"),
    "translation_de": heads("German texts are", "Deutsche Texte sind", "德文文本来源"),
    "translation_en": heads("English texts are", "Englische Texte sind", "英文文本来源"),
    "legal_form": heads(
        "Legal form|Type of company", "Rechtsform|Gesellschaftsform", "法律形式|企业类型|公司类型"
    ),
    "register_number": heads(
        "Register number|Registration number|Company number|Unified social credit code|USCC|EUID|VAT number",
        "Registernummer|Handelsregisternummer|HR-Nummer|HRB|HRA|Handelsregister|EUID|USt-IdNr.|USt-ID"
        "|Umsatzsteuer-Identifikationsnummer",
        "登记号|统一社会信用代码|社会信用代码|信用代码|注册号|工商注册号|增值税号",
    ),
    "city": heads("City|Seat|Town|Location", "Stadt|Ort|Sitz|Gemeinde|Standort", "城市|所在城市|所在地|市"),
    "address": heads(
        "Address|Postal address|Street address",
        "Adresse|Anschrift|Straße|Straße und Hausnummer",
        "地址|通讯地址|住所",
    ),
    "website": heads(
        "Web site|Website|Homepage|URL|Internet",
        "Website|Webseite|Internetseite|Homepage|Internet|URL",
        "网站|网址|官网",
    ),
    "founded": heads(
        "Founded in|Founded|Year founded|Established",
        "Gegründet|Gründungsjahr|Gründung",
        "成立年份|成立时间|成立日期",
    ),
    "employees": heads(
        "Employees|Number of employees|Staff|Headcount",
        "Beschäftigte|Mitarbeiter|Mitarbeiterzahl|Anzahl Mitarbeiter|Zahl der Beschäftigten",
        "员工人数|员工数|职工人数|从业人数|人数",
    ),
    "employees_year": heads(
        "Year of the employees|Employees in", "Jahr der Beschäftigten|Beschäftigte im Jahr", "员工人数年份"
    ),
    "turnover_band": heads(
        "Turnover|Annual turnover|Revenue|Sales",
        "Umsatz|Jahresumsatz|Umsatzklasse",
        "营业额|年营业额|营业收入|销售额",
    ),
    "turnover_currency": heads(
        "Currency of the turnover|Currency", "Währung des Umsatzes|Währung", "营业额币种|币种"
    ),
    "turnover_year": heads("Year of the turnover", "Jahr des Umsatzes|Umsatzjahr", "营业额年份"),
    "export_share": heads(
        "Export share in percent|Export share|Export ratio|Exports in %",
        "Exportanteil in Prozent|Exportanteil|Exportquote|Export in %",
        "出口占比（%）|出口占比|出口比例|出口比重",
    ),
    "ownership": heads(
        "Ownership|Type of ownership", "Eigentum|Eigentümer|Eigentumsform", "所有制|所有制形式|企业性质"
    ),
    "industry": heads(
        "Industry|ISIC|ISIC code|ISIC Rev. 4|Branch|Sector",
        "Branche|Wirtschaftszweig|ISIC|Industrie",
        "行业|所属行业|行业分类",
    ),
    "national_scheme": heads(
        "Classification|Classification of industries", "Klassifikation|Systematik", "行业分类标准|分类标准"
    ),
    "national_code": heads(
        "National code|Industry code|NACE|NACE code|WZ code|SIC",
        "WZ-Code|WZ|WZ 2008|WZ 2025|NACE|NACE-Code|Branchencode|WZ-Schlüssel|Wirtschaftszweignummer",
        "行业代码|国民经济行业代码|GB/T 4754",
    ),
    "products": heads(
        "Products and services|Products|Services|Main products",
        "Produkte und Leistungen|Produkte|Erzeugnisse|Leistungen",
        "产品与服务|产品|主要产品|主营产品",
    ),
    "certificates": heads("Certificates|Certifications", "Zertifikate|Zertifizierungen", "认证|资质|证书"),
    "languages": heads(
        "Languages|Languages of correspondence", "Sprachen|Korrespondenzsprachen", "语言|工作语言|沟通语言"
    ),
    "sites_abroad": heads(
        "Sites abroad|Foreign sites|Branches abroad",
        "Standorte im Ausland|Auslandsstandorte",
        "境外机构|海外机构|境外分支机构",
    ),
    "experience": heads(
        "Experience with the other country|Experience",
        "Erfahrung mit dem anderen Land|Erfahrung",
        "与对方国家的合作经验|合作经验",
    ),
    "experience_note": heads("Which experience", "Welche Erfahrung", "合作经验说明"),
    "investment_direction": heads(
        "Investment interest|Direction of investment",
        "Investitionsinteresse|Investitionsrichtung",
        "投资意向|投资方向",
    ),
    "investment_band": heads(
        "Size of the investment|Investment volume",
        "Umfang der Investition|Investitionsvolumen",
        "投资规模|投资额",
    ),
    "cooperation_forms": heads(
        "Kinds of cooperation|Kinds of cooperation looked for|Cooperation",
        "Formen der Zusammenarbeit|Gesuchte Zusammenarbeit|Kooperationsformen",
        "合作方式|合作形式|寻求的合作方式",
    ),
    "short_zh": heads("Short text in Chinese", "Kurztext auf Chinesisch", "中文简介|简介"),
    "short_de": heads("Short text in German", "Kurztext auf Deutsch|Kurztext|Kurzbeschreibung", "德文简介"),
    "short_en": heads("Short text in English|Short description", "Kurztext auf Englisch", "英文简介"),
    "long_zh": heads("Long text in Chinese", "Langtext auf Chinesisch", "中文详细介绍|详细介绍"),
    "long_de": heads("Long text in German", "Langtext auf Deutsch|Langtext|Beschreibung", "德文详细介绍"),
    "long_en": heads("Long text in English|Description", "Langtext auf Englisch", "英文详细介绍"),
    "visibility": heads("Visible to|Visibility", "Sichtbar für|Sichtbarkeit", "可见范围"),
    "released": heads(
        "Released for passing on|Released", "Zur Weitergabe freigegeben|Freigegeben", "是否同意转交|可转交"
    ),
    "valid_until": heads("Valid until", "Gültig bis", "有效期至"),
}
