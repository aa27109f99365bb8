"""What teachers and officials write short and what they write out: either finds the other."""

from __future__ import annotations

from functools import cache

from core.search.lemmas import is_function_word, readings, words

# Either finds the other.
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "ФГОС": ("федеральный государственный образовательный стандарт",),
    "ФОП": ("федеральная образовательная программа",),
    "ООП": ("основная образовательная программа",),
    "АООП": ("адаптированная основная образовательная программа",),
    "ВПР": ("всероссийская проверочная работа",),
    "ОГЭ": ("основной государственный экзамен",),
    "ЕГЭ": ("единый государственный экзамен",),
    "ГИА": ("государственная итоговая аттестация",),
    "ВсОШ": ("всероссийская олимпиада школьников",),
    "НИКО": ("национальное исследование качества образования",),
    "НОКО": ("независимая оценка качества образования",),
    "НОК": ("независимая оценка квалификации",),
    "НСПР": ("национальная система профессионального роста",),
    "НСУР": ("национальная система учительского роста",),
    "ШНОР": ("школа низкий образовательный результат",),
    "КПК": ("курсы повышения квалификации", "повышение квалификации"),
    "ДПО": ("дополнительное профессиональное образование",),
    "ДПП": ("дополнительная профессиональная программа",),
    "ЦНППМ": ("центр непрерывное повышение профессиональное мастерство",),
    "ИОМ": ("индивидуальный образовательный маршрут",),
    "РМО": ("районное методическое объединение",),
    "ШМО": ("школьное методическое объединение",),
    "ИКТ": ("информационные коммуникационные технологии",),
    "ОВЗ": ("ограниченные возможности здоровья",),
    "ЦОС": ("цифровая образовательная среда",),
    "ДОУ": ("дошкольное образовательное учреждение", "детский сад"),
    "ОО": ("образовательная организация",),
    "МО": ("методическое объединение", "муниципальное образование"),
    "ПДн": ("персональные данные",),
    "нацпроект": ("национальный проект", "нац проект"),
    "куки": ("cookie",),
}
# Wider words under which the same is published; they do not lead back.
WIDER: dict[str, tuple[str, ...]] = {
    "ОГЭ": ("ГИА",),
    "ЕГЭ": ("ГИА",),
    "ПМПК": ("ОВЗ",),
    "конфиденциальность": ("персональные данные",),
}


def _lemmas(text: str) -> tuple[str, ...]:
    return tuple(readings(word)[0] for word in words(text) if not is_function_word(word))


@cache
def _written_out() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {
        _lemmas(short)[0]: tuple(
            _lemmas(full) for full in (*ABBREVIATIONS.get(short, ()), *WIDER.get(short, ()))
        )
        for short in (ABBREVIATIONS | WIDER)
    }


@cache
def _shortened() -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for short, meanings in ABBREVIATIONS.items():
        for expression in map(_lemmas, meanings):
            found[expression] = (*found.get(expression, ()), *_lemmas(short))
    return found


def meanings_of(lemma: str) -> tuple[tuple[str, ...], ...]:
    """What an abbreviation stands for: sets of words that say the same."""
    return _written_out().get(lemma, ())


def abbreviated(lemmas: list[str], at: int) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The longest known expression that begins at ``at``, and its abbreviations."""
    for length in range(min(5, len(lemmas) - at), 0, -1):
        expression = tuple(lemmas[at : at + length])
        if shorts := _shortened().get(expression):
            return expression, shorts
    return None
