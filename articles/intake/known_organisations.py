"""International organisations that are known everywhere, by name and acronym in English, Russian and Turkish.

A line is ``English|Russian|Turkish``; in each, names part with ``;`` and the first is the base form. Written for this project.
"""

from functools import cache

from entities.matcher import NameEntry

_LINES = """
United Nations;UN;U.N.;UNO|ООН;Организация Объединённых Наций|Birleşmiş Milletler;BM;Birleşmiş Milletler Teşkilatı
UN Security Council;United Nations Security Council;UNSC|Совет Безопасности ООН;Совбез ООН;СБ ООН|BM Güvenlik Konseyi;Birleşmiş Milletler Güvenlik Konseyi;BMGK
UN General Assembly;United Nations General Assembly;UNGA|Генеральная Ассамблея ООН;Генассамблея ООН|BM Genel Kurulu;Birleşmiş Milletler Genel Kurulu
European Union;EU;E.U.|Европейский союз;ЕС;Евросоюз|Avrupa Birliği;AB
European Commission|Европейская комиссия;Еврокомиссия|Avrupa Komisyonu
European Parliament|Европейский парламент;Европарламент|Avrupa Parlamentosu
European Council|Европейский совет;Евросовет|Avrupa Birliği Konseyi;AB Konseyi
Council of Europe|Совет Европы|Avrupa Konseyi
European Central Bank;ECB|Европейский центральный банк;ЕЦБ|Avrupa Merkez Bankası;ECB
European Court of Human Rights;ECHR;ECtHR|Европейский суд по правам человека;ЕСПЧ|Avrupa İnsan Hakları Mahkemesi;AİHM
European Court of Justice|Суд Европейского союза;Европейский суд|Avrupa Adalet Divanı
European Economic Community;EEC|Европейское экономическое сообщество;ЕЭС|Avrupa Ekonomik Topluluğu;AET
European Coal and Steel Community|Европейское объединение угля и стали|Avrupa Kömür ve Çelik Topluluğu;AKÇT
European Investment Bank;EIB|Европейский инвестиционный банк;ЕИБ|Avrupa Yatırım Bankası
European Bank for Reconstruction and Development;EBRD|Европейский банк реконструкции и развития;ЕБРР|Avrupa İmar ve Kalkınma Bankası
North Atlantic Treaty Organization;NATO;North Atlantic Treaty Organisation;North Atlantic Alliance|НАТО;Североатлантический альянс;Организация Североатлантического договора|NATO;Kuzey Atlantik Antlaşması Örgütü
Organization for Security and Co-operation in Europe;OSCE;Organization for Security and Cooperation in Europe;Organisation for Security and Co-operation in Europe|ОБСЕ;Организация по безопасности и сотрудничеству в Европе|Avrupa Güvenlik ve İşbirliği Teşkilatı;AGİT
Collective Security Treaty Organization;CSTO|ОДКБ;Организация Договора о коллективной безопасности|Kolektif Güvenlik Anlaşması Örgütü;KGAÖ
Commonwealth of Independent States;CIS|СНГ;Содружество Независимых Государств|Bağımsız Devletler Topluluğu;BDT
Eurasian Economic Union;EAEU;EEU|ЕАЭС;Евразийский экономический союз|Avrasya Ekonomik Birliği;AEB
Eurasian Economic Commission|Евразийская экономическая комиссия;ЕЭК|Avrasya Ekonomik Komisyonu
Shanghai Cooperation Organization;SCO;Shanghai Cooperation Organisation|ШОС;Шанхайская организация сотрудничества|Şanghay İşbirliği Örgütü;ŞİÖ
BRICS|БРИКС|BRICS
G7;Group of Seven|Группа семи;Большая семёрка;G7|G7
G8;Group of Eight|Группа восьми;Большая восьмёрка;G8|G8
G20;Group of Twenty|Группа двадцати;Большая двадцатка;G20|G20
Organization of Turkic States;OTS;Organisation of Turkic States|Организация тюркских государств;ОТГ|Türk Devletleri Teşkilatı;TDT
Turkic Council|Тюркский совет|Türk Konseyi
Organization of Islamic Cooperation;OIC;Organisation of Islamic Cooperation|Организация исламского сотрудничества;ОИС|İslam İşbirliği Teşkilatı;İİT
Organization of the Black Sea Economic Cooperation;BSEC;Black Sea Economic Cooperation|Организация Черноморского экономического сотрудничества;ОЧЭС|Karadeniz Ekonomik İşbirliği Örgütü;KEİ
Economic Cooperation Organization;ECO|Организация экономического сотрудничества|Ekonomik İşbirliği Teşkilatı;EİT
World Trade Organization;WTO;World Trade Organisation|ВТО;Всемирная торговая организация|Dünya Ticaret Örgütü;DTÖ
World Bank|Всемирный банк|Dünya Bankası
International Monetary Fund;IMF|МВФ;Международный валютный фонд|Uluslararası Para Fonu;IMF
World Health Organization;WHO;World Health Organisation|ВОЗ;Всемирная организация здравоохранения|Dünya Sağlık Örgütü;DSÖ
International Atomic Energy Agency;IAEA|МАГАТЭ;Международное агентство по атомной энергии|Uluslararası Atom Enerjisi Ajansı;UAEA
International Energy Agency;IEA|Международное энергетическое агентство;МЭА|Uluslararası Enerji Ajansı
International Labour Organization;ILO;International Labor Organization|МОТ;Международная организация труда|Uluslararası Çalışma Örgütü;ILO
International Criminal Court;ICC|Международный уголовный суд;МУС|Uluslararası Ceza Mahkemesi;UCM
International Court of Justice;ICJ|Международный суд ООН|Uluslararası Adalet Divanı;UAD
International Committee of the Red Cross;ICRC|Международный комитет Красного Креста;МККК|Uluslararası Kızılhaç Komitesi
International Civil Aviation Organization;ICAO;International Civil Aviation Organisation|ИКАО;Международная организация гражданской авиации|Uluslararası Sivil Havacılık Örgütü;ICAO
International Maritime Organization;IMO|Международная морская организация;ИМО|Uluslararası Denizcilik Örgütü;IMO
International Organization for Migration;IOM|Международная организация по миграции;МОМ|Uluslararası Göç Örgütü
International Telecommunication Union;ITU|Международный союз электросвязи;МСЭ|Uluslararası Telekomünikasyon Birliği
International Olympic Committee;IOC|Международный олимпийский комитет;МОК|Uluslararası Olimpiyat Komitesi
Interpol;INTERPOL|Интерпол|Interpol;İnterpol
Europol|Европол|Europol
UNESCO|ЮНЕСКО|UNESCO
UNICEF|ЮНИСЕФ|UNICEF
UNHCR|УВКБ ООН|BMMYK
United Nations Development Programme;UNDP|Программа развития ООН;ПРООН|Birleşmiş Milletler Kalkınma Programı;UNDP
UNIDO|ЮНИДО|UNIDO
UNCTAD|ЮНКТАД|UNCTAD
World Food Programme;WFP|Всемирная продовольственная программа|Dünya Gıda Programı
Food and Agriculture Organization;FAO|ФАО|Gıda ve Tarım Örgütü;FAO
Organisation for Economic Co-operation and Development;OECD;Organization for Economic Cooperation and Development|ОЭСР;Организация экономического сотрудничества и развития|OECD;Ekonomik Kalkınma ve İşbirliği Örgütü
OPEC;Organization of the Petroleum Exporting Countries|ОПЕК|OPEC;Petrol İhraç Eden Ülkeler Örgütü
OPEC+|ОПЕК+|OPEC+
African Union;AU|Африканский союз|Afrika Birliği
Arab League;League of Arab States|Лига арабских государств;ЛАГ|Arap Birliği;Arap Ligi
Gulf Cooperation Council;GCC|ССАГПЗ;Совет сотрудничества арабских государств Персидского залива|Körfez İşbirliği Konseyi;KİK
ASEAN;Association of Southeast Asian Nations|АСЕАН|ASEAN
APEC;Asia-Pacific Economic Cooperation|АТЭС|APEC
SAARC|СААРК|SAARC
BIMSTEC|БИМСТЕК|BIMSTEC
Mercosur;MERCOSUR|МЕРКОСУР|MERCOSUR
Organization of American States;OAS|Организация американских государств;ОАГ|Amerikan Devletleri Örgütü
CARICOM|КАРИКОМ|CARICOM
ECOWAS|ЭКОВАС|ECOWAS
Asian Development Bank;ADB|Азиатский банк развития;АБР|Asya Kalkınma Bankası
Asian Infrastructure Investment Bank;AIIB|Азиатский банк инфраструктурных инвестиций;АБИИ|Asya Altyapı Yatırım Bankası
African Development Bank|Африканский банк развития|Afrika Kalkınma Bankası
Islamic Development Bank|Исламский банк развития|İslam Kalkınma Bankası
Eurasian Development Bank|Евразийский банк развития;ЕАБР|Avrasya Kalkınma Bankası
Nordic Council|Северный совет|Nordik Konseyi
League of Nations|Лига Наций|Milletler Cemiyeti
Warsaw Pact Organization|Организация Варшавского договора;ОВД|Varşova Paktı Örgütü
Commonwealth of Nations|Содружество наций|İngiliz Milletler Topluluğu
European Free Trade Association;EFTA|Европейская ассоциация свободной торговли;ЕАСТ|Avrupa Serbest Ticaret Birliği;EFTA
World Economic Forum|Всемирный экономический форум;ВЭФ|Dünya Ekonomik Forumu
Amnesty International|Международная амнистия|Uluslararası Af Örgütü
Human Rights Watch|Human Rights Watch|Human Rights Watch;İnsan Hakları İzleme Örgütü
Euratom;European Atomic Energy Community|Евратом|Euratom;Avrupa Atom Enerjisi Topluluğu
International Space Agency||
European Space Agency;ESA|Европейское космическое агентство;ЕКА|Avrupa Uzay Ajansı
OPCW;Organisation for the Prohibition of Chemical Weapons|ОЗХО;Организация по запрещению химического оружия|Kimyasal Silahların Yasaklanması Örgütü
International Red Crescent;Red Crescent|Красный Полумесяц|Kızılay
Red Cross|Красный Крест|Kızılhaç
"""


@cache
def known_organisations() -> tuple[NameEntry, ...]:
    """Return the names as entries whose target is the base form in the name's own language."""
    entries = []
    for line in _LINES.strip().splitlines():
        for language, names in zip(("en", "ru", "tr"), line.split("|"), strict=True):
            forms = [name for name in names.split(";") if name]
            for name in forms:
                kind = "acronym" if name.isupper() and " " not in name else "official"
                entries.append(NameEntry(name, language, kind, "known", (language, forms[0])))
    return tuple(entries)
