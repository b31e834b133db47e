"""Words that say what somebody does, before or after a name, in English, Russian and Turkish."""

import re

_ENGLISH = """
president|vice[- ]president|prime minister|minister|deputy|premier|chancellor|king|queen|prince|princess|emir|sultan|sheikh|crown prince|ambassador|envoy|consul|consul[- ]general
|secretary|secretary[- ]general|undersecretary|under[- ]secretary|governor|mayor|senator|congressman|congresswoman|representative|rep\\.|sen\\.|gov\\.|chairman|chairwoman|chairperson|chair|head|leader|director|director[- ]general
|manager|general manager|ceo|cfo|cto|coo|chief executive|chief|founder|co-founder|spokesman|spokeswoman|spokesperson|commissioner|general|colonel|admiral|captain|adm|capt|cmdr|brig|lt|sgt|major|lieutenant|marshal|professor|prof\\.|dr\\.?|doctor
|mr\\.?|mrs\\.?|ms\\.?|miss|sir|lord|lady|dame|pope|imam|rector|dean|judge|justice|attorney|mp|mep|adviser|advisor|speaker|commander|coordinator|analyst|economist|expert|scientist|author|journalist|writer|businessman|first lady|counterpart|officer|official
|rapporteur|negotiator|administrator|engineer|architect|ayatollah|majesty|highness|excellency|hon\\.?|honourable|honorable|member|partner|owner|principal|resident|lawyer|activist|philosopher|historian|researcher|academician|cosmonaut|astronaut
"""
_RUSSIAN = """
президент\\w*|вице-президент\\w*|премьер\\w*|премьер-министр\\w*|вице-премьер\\w*|министр\\w*|замминистр\\w*|глав[аыеуойю]+|главн\\w+|депутат\\w*|пос[ол]\\w{0,4}|посланник\\w*|председател\\w+|директор\\w*|гендиректор\\w*|представител\\w+|секретар\\w+|генсек\\w*|советник\\w*|помощник\\w*|губернатор\\w*
|канцлер\\w*|корол[ьяюе]\\w*|принц\\w*|шейх\\w*|эмир\\w*|султан\\w*|генерал\\w*|полковник\\w*|адмирал\\w*|руководител\\w+|заместител\\w+|зампред\\w*|сенатор\\w*|спикер\\w*|академик\\w*|профессор\\w*|доктор\\w*|лидер\\w*|мэр\\w*|эксперт\\w*|аналитик\\w*|экономист\\w*|политолог\\w*|журналист\\w*|основател\\w+|сопредседател\\w+
|господин\\w*|госпож\\w+|г-н\\w*|г-ж\\w+|товарищ\\w*|начальник\\w*|менеджер\\w*|бизнесмен\\w*|предпринимател\\w+|адвокат\\w*|историк\\w*|учен\\w+|писател\\w+|ректор\\w*|комиссар\\w*|экс-\\w+|пресс-секретар\\w+|госсекретар\\w+|уполномоченн\\w+|член\\w*|парламентари\\w+|коллег\\w+|вдов\\w+|предстоятел\\w+|патриарх\\w*|митрополит\\w*|командующ\\w+
"""
# The office is no person: "Bakanı" and not "Bakanlığı".
_TURKISH = """
cumhurbaşkan(?!l)\\w*|başbakan(?!l)\\w*|bakan(?!l)\\w*|başkan(?!l)\\w*|milletvekil\\w+|müdür(?!l)\\w*|sözcü(?!l)\\w*|büyükelçi(?!l)\\w*|elçi(?!l)\\w*|sekreter(?![ly])\\w*|vali(?!l)\\w*|lider(?!l)\\w*|kral(?!l)\\w*|prens\\w*|temsilci(?!l)\\w*|komutan(?!l)\\w*|müsteşar(?!l)\\w*|yardımcı\\w*|üye(?!l)\\w*|prof\\.?|dr\\.?|doç\\.?|sayın|orgeneral|general|amiral|emir\\w*|şeyh|sultan|danışman(?!l)\\w*|şansölye(?!l)\\w*|ceo'?\\w*
|koordinatör(?!l)\\w*|uzman(?!l)\\w*|profesör(?!l)\\w*|rektör(?!l)\\w*|kurucu(?!l)\\w*|yönetici(?!l)\\w*|gazeteci(?!l)\\w*|yazar(?!l)\\w*|bey|hanım|av\\.|konsolos(?!l)\\w*|mevkidaş\\w*|meslektaş\\w*|eski|senatör(?!l)\\w*|papa|imam
|rahip|papaz|patrik|kardinal|piskopos|haham|müftü|ayetullah|kraliçe(?!l)\\w*|prenses(?!l)\\w*|veliaht\\w*|padişah\\w*|paşa|efendi|diplomat(?![il])\\w*|maslahatgüzar\\w*|ataşe(?!l)\\w*|nazır(?!l)\\w*|vekil(?!l)\\w*
|mareşal|oramiral|koramiral|tümamiral|tuğamiral|korgeneral|tümgeneral|tuğgeneral|albay|yarbay|binbaşı|yüzbaşı|kaymakam(?!l)\\w*|muhtar(?!l)\\w*|dekan(?!l)\\w*|direktör(?!l)\\w*|editör(?!l)\\w*|raportör(?!l)\\w*|müzakereci(?!l)\\w*|arabulucu(?!l)\\w*
|akademisyen(?!l)\\w*|avukat(?!l)\\w*|savcı(?!l)\\w*|yargıç\\w*|ekonomist(?!l)\\w*|analist(?!l)\\w*|stratejist(?!l)\\w*|hukukçu(?!l)\\w*|mühendis(?!l)\\w*|mimar(?!l)\\w*|sanatçı(?!l)\\w*|şair\\w*|yönetmen\\w*|insanı|adamı|kadını
|eşi|kardeşi|babası|annesi|torunu|yeğeni|başkonsolos(?!l)\\w*|başsavcı(?!l)\\w*|başmüzakereci(?!l)\\w*|başdanışman(?!l)\\w*|başkomutan(?!l)\\w*|başkatip\\w*|başhekim(?!l)\\w*|ombudsman\\w*|komiser(?!l)\\w*|astronot\\w*|kozmonot\\w*|araştırmacı(?!l)\\w*|siyasetçi(?!l)\\w*|sn\\.
"""
ROLE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(part.replace("\n", "").strip() for part in (_ENGLISH, _RUSSIAN, _TURKISH))
    + r")(?![\w-])",
    re.IGNORECASE,
)
ROLE_WORDS = frozenset(
    word
    for part in (_ENGLISH, _TURKISH)
    for phrase in part.replace("\n", "").split("|")
    for word in re.sub(r"\(\?![\w\[\]]+\)|\\\w[*+?]?|\\|\?", "", phrase)
    .replace("[- ]", " ")
    .replace("'", "")
    .split()
)
SPEECH_BEFORE = re.compile(
    r"(?:\b(?:said|says|told|added|according to|noted|stressed|with|by|met|thanked|congratulated|quoted|between|and)"
    r"|(?<!\w)(?:сказал[аи]?|заявил[аи]?|сообщил[аи]?|отметил[аи]?|подчеркнул[аи]?|добавил[аи]?"
    r"|цитирует|считает|по словам|словам|пояснил[аи]?|рассказал[аи]?|резюмировал[аи]?"
    r"|напомнил[аи]?))\s+$",
    re.IGNORECASE,
)
SPEECH_AFTER = re.compile(
    r"^(?:['’]s)?,?\s+(?:also\s+|then\s+|subsequently\s+|later\s+)?(?:said|says|told|added|noted"
    r"|stressed|emphasi[sz]ed|recalled|announced|stated|explained|pointed|met|visited|arrived|signed"
    r"|outlined|agreed|thanked|assured|spoke|called|expressed|underlined|clarified|confirmed|welcomed"
    r"|argued|believes|wrote|warned|tweeted|urged|remarked|claimed|predicted|insisted|hopes|declared"
    r"|traveled|travelled|hosted|received|attended"
    r"|сказал|заявил|сообщил|отметил|подчеркнул|добавил|считает|рассказал|пояснил|выразил|провел"
    r"|провёл|встретил|подписал|посетил|прибыл|напомнил|обсудил|предложил|поставит|обещал|пообещал"
    r"|осудил|назвал|призвал|намерен|прокомментировал|уточнил"
    r"|dedi|söyledi|belirtti|açıkladı|vurguladı|ifade\s|kaydetti|konuştu|görüştü|imzaladı|ziyaret"
    r"|anlattı|aktardı|değerlendirdi|duyurdu)",
    re.IGNORECASE,
)
