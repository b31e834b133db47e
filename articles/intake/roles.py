"""Words that say what somebody does, before or after a name, in English, Russian and Turkish."""

import re

_ENGLISH = """
president|vice[- ]president|prime minister|minister|deputy|premier|chancellor|king|queen|prince|princess|emir|sultan|sheikh|crown prince|ambassador|envoy|consul|consul[- ]general
|secretary|secretary[- ]general|undersecretary|under[- ]secretary|governor|mayor|senator|congressman|congresswoman|representative|rep\\.|sen\\.|gov\\.|chairman|chairwoman|chairperson|chair|head|leader|director|director[- ]general
|manager|general manager|ceo|cfo|cto|coo|chief executive|chief|founder|co-founder|spokesman|spokeswoman|spokesperson|commissioner|general|colonel|admiral|captain|major|lieutenant|marshal|professor|prof\\.|dr\\.?|doctor
|mr\\.?|mrs\\.?|ms\\.?|miss|sir|lord|lady|dame|pope|imam|rector|dean|judge|justice|attorney|mp|mep|adviser|advisor|speaker|commander|coordinator|analyst|economist|expert|scientist|author|journalist|writer|businessman|first lady|counterpart|officer|official
|rapporteur|negotiator|administrator|engineer|architect|ayatollah|majesty|highness|excellency|hon\\.?|honourable|honorable|member|partner|owner|principal|resident|lawyer|activist|philosopher|historian|researcher|academician|cosmonaut|astronaut
"""
_RUSSIAN = """
президент\\w*|вице-президент\\w*|премьер\\w*|премьер-министр\\w*|вице-премьер\\w*|министр\\w*|замминистр\\w*|глав[аыеуойю]+|главн\\w+|депутат\\w*|пос[ол]\\w{0,4}|посланник\\w*|председател\\w+|директор\\w*|гендиректор\\w*|представител\\w+|секретар\\w+|генсек\\w*|советник\\w*|помощник\\w*|губернатор\\w*
|канцлер\\w*|корол[ьяюе]\\w*|принц\\w*|шейх\\w*|эмир\\w*|султан\\w*|генерал\\w*|полковник\\w*|адмирал\\w*|руководител\\w+|заместител\\w+|зампред\\w*|сенатор\\w*|спикер\\w*|академик\\w*|профессор\\w*|доктор\\w*|лидер\\w*|мэр\\w*|эксперт\\w*|аналитик\\w*|экономист\\w*|политолог\\w*|журналист\\w*|основател\\w+|сопредседател\\w+
|господин\\w*|госпож\\w+|г-н\\w*|г-ж\\w+|товарищ\\w*|начальник\\w*|менеджер\\w*|бизнесмен\\w*|предпринимател\\w+|адвокат\\w*|историк\\w*|учен\\w+|писател\\w+|ректор\\w*|комиссар\\w*|экс-\\w+|пресс-секретар\\w+|госсекретар\\w+|уполномоченн\\w+|член\\w*|парламентари\\w+|коллег\\w+|вдов\\w+|предстоятел\\w+|патриарх\\w*|митрополит\\w*|командующ\\w+
"""
_TURKISH = """
cumhurbaşkan\\w*|başbakan\\w*|bakan\\w*|başkan\\w*|milletvekil\\w+|müdür\\w*|sözcü\\w*|büyükelçi\\w*|elçi\\w*|sekreter\\w*|vali\\w*|lider\\w*|kral\\w*|prens\\w*|temsilci\\w*|komutan\\w*|müsteşar\\w*|yardımcı\\w*|üye\\w*|prof\\.?|dr\\.?|doç\\.?|sayın|orgeneral|general|amiral|emir\\w*|şeyh|sultan|danışman\\w*|şansölye\\w*|ceo'?\\w*
|koordinatör\\w*|uzman\\w*|profesör\\w*|rektör\\w*|kurucu\\w*|yönetici\\w*|gazeteci\\w*|yazar\\w*|bey|hanım|av\\.|konsolos\\w*|mevkidaş\\w*|eski|senatör\\w*|papa|imam
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
    for word in re.sub(r"\\\w[*+]|\\|\?", "", phrase).replace("[- ]", " ").replace("'", "").split()
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
