"""What a page carries beside its text: buttons, forms, phone lines, tails. Rules for English, Russian and Turkish."""

import re

from .dates import find_dates

# A line that is nothing but one of these goes.
_LINES = re.compile(
    r"""^[\W_]*(?:
    back\ to\ (?:the\ )?(?:list|top|news|home|all\ news|overview|previous\ page) | (?:go\ )?back | home(?:page)?
    | (?:read|see|learn|find\ out|show|view|load)\ (?:more|also|next|all)(?:\s*:.*)? | also\ read\s*:.* | related\s*:.* | more\ on\ this.{0,40}
    | (?:click\ )?(?:here\ )?to\ (?:read|learn)\ more | continue\ reading.* | full\ (?:text|story)
    | share(?:\ (?:this|on|via|with|it|the|to|article|story|page|post|facebook|twitter|x|linkedin|whatsapp|telegram|email))* | tweet | pin\ it | e-?mail | print(?:\ (?:this|version|page|article))*
    | (?:facebook|twitter|linkedin|whatsapp|telegram|instagram|youtube|vkontakte|вконтакте|одноклассники|телеграм|reddit|pinterest|viber|rss)(?:[\s,|/•·]+(?:facebook|twitter|linkedin|whatsapp|telegram|instagram|youtube|x|vk|ok|email|print|reddit|pinterest|viber|rss))*
    | (?:skip\ to\ (?:main\ )?content|toggle\ navigation|menu|search|close|log\ ?in|sign\ (?:in|up)|subscribe|advertisement|advertising|sponsored(?:\ content)?|next|previous|prev|press\ releases?|for\ immediate\ release|news|press\ statement|latest\ news|download(?:\ (?:pdf|image|photo))?|listen|play|copy\ link|add\ to\ (?:favourites|favorites|bookmarks)|follow\ us(?:\ on.{0,30})?|comments?(?:\s*\(?\d*\)?)?|no\ comments|views?\s*:?\s*\d+|\d+\s+views|source\s+photo|image\ source.{0,60})
    | \(?(?:additional\ )?(?:reporting|writing|editing|compiled|written|edited)\ by\ .* | story\ (?:provided\ )?by\ .* | our\ standards\s*:.* | reuters\ staff | \d+\ min(?:ute)?s?\ read | file\ photo\s*:.*
    | (?:назад|вернуться|к\ списку|назад\ к\ списку|вернуться\ к\ списку|к\ списку\ новостей|все\ новости|на\ главную|наверх)(?:\ (?:к\ списку|новостей|назад))?
    | (?:читать|читайте)\ (?:далее|также|полностью|ещё|еще|подробнее|дальше)(?:\s*:.*)? | подробнее | см\.\ также.* | смотрите\ также.* | по\ теме\s*:.* | материалы\ по\ теме
    | пресс-релизы? | новости | новость | главная | поделиться(?:\ .{0,40})? | распечатать | версия\ для\ печати | печать | скачать | подписаться(?:\ .{0,40})? | подписывайтесь.{0,80} | реклама | комментарии?(?:\s*\(?\d*\)?)? | просмотров\s*:?\s*\d+ | \d+\s+просмотр\w* | поиск | меню | войти | регистрация
    | (?:listeye|anasayfaya|ana\ sayfaya|geri|haberlere)\ (?:dön|git)? | geri | ana\ ?sayfa | (?:devamını|daha\ fazla(?:sını)?)\ (?:oku|göster|gör)\w* | devamı | ayrıca\ (?:bakınız|okuyun)\s*:?.* | ilgili\ haber(?:ler)?\s*:?.* | (?:bu\ haberi\ )?paylaş(?:\ .{0,30})? | yazdır | basın\ (?:açıklaması|bülteni) | haberler | haber | duyurular? | yorumlar?(?:\s*\(?\d*\)?)? | reklam | abone\ ol.{0,40} | takip\ et.{0,40} | tüm\ haberler | giriş\ yap | menü | \d+\s+görüntülenme | okunma\s*:?\s*\d+
    )[\W_]*$""",
    re.IGNORECASE | re.VERBOSE,
)
# From such a line on, in the second half of a page, everything is the site's own.
_TAILS = re.compile(
    r"""^[\W_]*(?:
    about\ (?:us|the\ author|the\ company|this\ site) | leave\ a\ (?:reply|comment) | (?:post|add|write)\ a\ comment | your\ e?-?mail\ address\ will\ not\ be\ published.*
    | related\ (?:posts?|articles?|stories|news|content|links) | you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested).* | recommended(?:\ for\ you)? | more\ (?:news|stories|from\ .{0,40}) | latest\ (?:news|posts|stories) | most\ (?:read|popular|viewed).{0,20} | recent\ (?:posts|comments|news) | popular\ (?:posts|news|articles)
    | (?:copyright|©|\(c\)).* | all\ rights\ reserved.* | subscribe\ to\ (?:our|the)\ .* | sign\ up\ (?:for|to)\ .* | (?:media|press)\ (?:contacts?|enquiries|inquiries)\s*:?.{0,60} | for\ (?:more|further)\ information.{0,20}contact.* | contact\ us | notes?\ (?:to|for)\ editors
    | о\ (?:нас|компании|проекте|сайте) | об\ авторе | (?:оставить|добавить|написать)\ (?:комментарий|отзыв) | ваш\ (?:e-?mail|адрес\ (?:email|электронной\ почты))\ не\ будет\ опубликован.* | (?:похожие|другие|последние|свежие)\ (?:новости|статьи|записи|материалы) | (?:самое\ )?популярное | все\ права\ защищены.* | при\ (?:использовании|перепечатке|цитировании)\ .* | контакты(?:\ для\ прессы)?
    | hakkımızda | (?:bir\ )?(?:yorum|cevap)\ (?:yap|yaz|bırak)\w* | e-?posta\ (?:hesabınız|adresiniz)\ yayımlanmayacak.* | (?:benzer|ilgili|diğer|son)\ (?:haberler|yazılar|içerikler) | (?:en\ )?çok\ okunanlar | tüm\ hakları\ saklıdır.* | iletişim(?:\ bilgileri)? | yazar\ hakkında
    )[\W_]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_PHONE = re.compile(r"\(?\+?\(?\+?\d[\d\s().\-–]{6,}\d")
_CONTACT = re.compile(
    r"(?<!\w)(?:tel|phone|fax|тел|факс|телефон|telefon|faks|e-?mail|е-?mail|eposta)(?!\w)",
    re.IGNORECASE,
)
_CITATION = re.compile(
    r"\s*\[(?:citation|source|cite|источник|kaynak)\s*(?:needed|:)[^\]\n]{0,120}\]|(?<!\b\w)\[[1-9]\d{0,2}\](?!\w)",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"^(?:[^>»›/]{2,30}\s+[>»›/]\s+){2,}[^>»›]{2,60}$")  # Home > News > World
_CRUMB = re.compile(
    r"^(?:haberler|haber|duyurular|basın|etkinlikler|news|press|новости|пресс-центр)\s*[/>»|]\s*\S.{1,60}$",
    re.IGNORECASE,
)
_MARK = re.compile(r"^[\s.#*_=~•·|–—-]+$")
_ENTITY_LINE = re.compile(
    r"^\s*(?:required fields are marked|save my name,|обязательные поля помечены|gerekli alanlar).*",
    re.IGNORECASE,
)
READING_LIST = re.compile(
    r"""^[\W_\d]*(?:further\ reading|references|bibliography|works\ cited|sources|notes|see\ also|literature|recommended\ reading
    |литература|список\ литературы|источники|примечания|рекомендуемая\ литература|библиография
    |kaynakça|kaynaklar|okuma\ (?:önerileri|listesi)|ileri\ okuma|dipnotlar|notlar)[\W_]*$""",
    re.IGNORECASE | re.VERBOSE,
)


def without_boilerplate(lines: list[str]) -> list[str]:
    """Return the lines of a plain text without what is not its text; blank lines stay."""
    kept: list[str] = []
    filled = [i for i, line in enumerate(lines) if line.strip()]
    half = filled[len(filled) // 2] if filled else 0
    for number, line in enumerate(lines):
        if number >= half and number and _TAILS.match(line) and len(line) < 160:
            break
        if not line.strip() or not is_boilerplate(line):
            kept.append(_CITATION.sub("", line))
    return kept


def is_boilerplate(line: str) -> bool:
    bare = line.strip()
    if len(bare) > 200:
        return False
    return bool(
        _MARK.match(bare)
        or _TRAIL.match(bare)
        or _CRUMB.match(bare)
        or _LINES.match(bare)
        or _ENTITY_LINE.match(bare)
        or is_contact(bare)
    )


def is_contact(line: str) -> bool:
    """A line that holds a phone number and little else."""
    if not _PHONE.search(line) or len(line) > 160 or find_dates(line):
        return False
    rest = _PHONE.sub("", line)
    words = re.findall(r"[^\W\d_]{2,}", rest)
    return (
        len(words) <= 4
        or bool(_CONTACT.search(rest))
        or (len(words) <= 12 and line.lstrip().startswith(("+", "(+")))
    )


def reading_list_start(text: str) -> int:
    """Where a list of further reading begins, or the text's length."""
    position = 0
    for line in text.splitlines(keepends=True):
        if position > len(text) * 0.4 and READING_LIST.match(line.rstrip("\n")) and len(line) < 60:
            return position
        position += len(line)
    return len(text)
