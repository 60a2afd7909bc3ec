"""What people call a time zone."""

import pytest

from bot.schedule.zones import available_zones, names, place, zone


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("america/st_johns", "America/St_Johns"),
        ("UTC", "UTC"),
        *[
            (city, "America/Toronto")
            for city in ("Toronto", "Montréal", "montreal", "Québec", "Quebec City", "Ottawa")
        ],
        ("Calgary", "America/Edmonton"),
        ("Victoria", "America/Vancouver"),
        ("Saskatoon", "America/Regina"),
        ("Moncton", "America/Moncton"),
        ("Fredericton", "America/Moncton"),
        ("Saint John", "America/Moncton"),
        ("St. John's", "America/St_Johns"),
        ("St. John’s", "America/St_Johns"),
        ("Charlottetown", "America/Halifax"),
        ("Iqaluit", "America/Iqaluit"),
        ("San Francisco", "America/Los_Angeles"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("Genève", "Europe/Zurich"),
        ("Londres", "Europe/London"),
        ("Mumbai", "Asia/Kolkata"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Reykjavik", "Atlantic/Reykjavik"),
        # abbreviations, in both languages
        *[(name, "America/Toronto") for name in ("ET", "EST", "EDT", "HE", "HNE", "HAE")],
        *[(name, "America/Winnipeg") for name in ("CT", "CST", "CDT", "HC", "HNC", "HAC")],
        *[(name, "America/Edmonton") for name in ("MT", "MST", "MDT", "HR", "HNR", "HAR")],
        *[(name, "America/Vancouver") for name in ("PT", "PST", "PDT", "HP", "HNP", "HAP")],
        *[(name, "America/Halifax") for name in ("AT", "AST", "ADT", "HA", "HNA", "HAA")],
        *[(name, "America/St_Johns") for name in ("NT", "NST", "NDT", "HT", "HNT", "HAT")],
        ("CET", "Europe/Paris"),
        ("GMT", "GMT"),
        # in words
        ("Eastern", "America/Toronto"),
        ("eastern time", "America/Toronto"),
        ("Pacific Standard Time", "America/Vancouver"),
        ("heure de l'Est", "America/Toronto"),
        ("heure normale de l’Est", "America/Toronto"),
        ("heure avancée des Rocheuses", "America/Edmonton"),
        ("heure du Pacifique", "America/Vancouver"),
        ("heure de Montréal", "America/Toronto"),
        ("Halifax time", "America/Halifax"),
        # nobody knows
        ("Narnia", None),
        ("Narnia time", None),
        ("heure de l'Atlantide", None),
        ("IST", None),
        ("Easter", None),
        ("time", None),
        ("", None),
    ],
)
def test_a_zone_has_many_names(name: str, expected: str | None) -> None:
    assert zone(name) == expected


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_zone_is_said_back_by_a_name_that_is_understood(language: str) -> None:
    lost = [name for name in available_zones() if zone(place(name, language)) != name]  # type: ignore[arg-type]
    assert lost == []


def test_every_name_leads_to_rules_that_exist() -> None:
    assert set(names().values()) <= available_zones()


def test_a_zone_is_said_in_the_language() -> None:
    assert place("America/Toronto", "en") == "Toronto"
    assert place("Europe/London", "en") == "London"
    assert place("Europe/London", "fr") == "Londres"
    assert place("America/St_Johns", "en") == "St. John's"
    assert place("America/Montreal", "en") == "America/Montreal"  # the city is in Toronto's
