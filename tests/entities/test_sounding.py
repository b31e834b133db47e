"""Names in two alphabets and several spellings come to one key."""

import pytest

from entities.sounding import sounding, sounding_of_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Сергей", "Sergei"),
        ("Sergey", "Sergei"),
        ("Юлия", "Yulia"),
        ("Алексей", "Alexey"),
        ("Михаил", "Mikhail"),
        ("Зеленский", "Zelenskyy"),
        ("Назарбаев", "Nazarbayev"),
        ("Эрдоган", "Erdoğan"),
        ("Чавушоглу", "Çavuşoglu"),
        ("Газпром", "Gazprom"),
        ("Щедрин", "Shchedrin"),
    ],
)
def test_one_name_has_one_key(one, other):
    assert sounding(one) == sounding(other) != ""


def test_different_names_keep_different_keys():
    assert sounding("Иванов") != sounding("Иванова")
    assert sounding("Minsk") != sounding("Mensk")


def test_a_person_is_one_with_the_family_name_first_or_last():
    assert sounding_of_person("Токаев Касым-Жомарт") == sounding_of_person("Kassym-Jomart Tokayev")


def test_other_alphabets_have_no_key():
    assert sounding("习近平") == ""
