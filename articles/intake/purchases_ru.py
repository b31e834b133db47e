"""Purchases that Russian text announces: contracts, named by buyer and goods."""

import re

from .sentences import Sentence

_BUYER = r"((?:[А-ЯЁ]{2,6}|(?:[A-Z][\w&.-]*)(?:\s[A-Z][\w&.-]*)*|[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё-]+)?|«[^»\n]{2,40}»))"
_BOUGHT = r"(?:купил|приобр[её]л|прикупил|выкупил|закупил|заказал|приобрет[её]т|приобретает|закупит|купит|покупает|поглотил|поглощает)(?:а|о|и)?"
_GOODS = re.compile(
    r"\d|акци|дол[яюи]|пакет|контрольн|самол[её]т|вертол[её]т|истребител|комплекс|систем|танк|корабл|подлодк|лодк|фрегат"
    r"|корвет|вагон|локомотив|автобус|грузовик|турбин|реактор|спутник|ракет|боеприпас|компани|завод|банк|производител|разработчик|оператор|поставщик|актив"
)
_PURCHASE = re.compile(
    rf"{_BUYER}(?:,[^,.;]{{5,90}},)?\s+((?:[а-яё]+\s+){{0,2}}?){_BOUGHT}\s+([^.;,()]{{3,110}})"
)
_AGREED = re.compile(
    rf"{_BUYER}\s+(?:договорил|согласил|объявил|сообщил|заявил)\w+\s+о\s+(?:(?:планах|намерении)\s+)?(?:покупке|приобретении|поглощении)\s+([^.;,()]{{3,90}})"
)
_FIRM = re.compile(r"(?:компани\w+\s+)?(?:[«\"]|[A-Z])")
_ENDS = re.compile(
    r"\s(?:за\s+\d|за\s+[а-яё]+\s+(?:млн|млрд)|на\s+сумму|по\s+цене|в\s+(?:январ|феврал|март|апрел|ма[ея]\s|июн|июл|август|сентябр|октябр"
    r"|ноябр|декабр|\d{4})|для\s|чтобы\s|потратив|котор|стоимост)"
)


def purchases(sentence: Sentence) -> list[tuple[int, int, str, str, bool]]:
    """Return (start, end, title, kind, counted) for each purchase of shares, firms or machines; the place is the goods'."""
    found = []
    for match in _PURCHASE.finditer(sentence.text):
        stop = _ENDS.search(match[3])
        thing = (match[3][: stop.start()] if stop else match[3]).strip(" «")
        if not _FIRM.match(match[3]) and (not _GOODS.search(thing) or len(thing.split()) < 2):
            continue
        buyer = match[1].strip("«»")
        end = sentence.start + match.start(3) + len(thing)
        found.append((sentence.start + match.start(3), end, f"Покупка {buyer} {thing}", "contract", False))
    for match in _AGREED.finditer(sentence.text):
        stop = _ENDS.search(match[2])
        thing = (match[2][: stop.start()] if stop else match[2]).strip(" ")
        buyer = match[1].strip("«»")
        end = sentence.start + match.start(2) + len(thing)
        found.append((sentence.start + match.start(2), end, f"Покупка {thing} {buyer}", "contract", False))
    return found
