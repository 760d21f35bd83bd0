"""Opening hours of people in the syntax of OpenStreetMap; what is not understood wholly is none."""

import opening_hours
import pytest

from importers.hours import as_osm


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Mo-Fr 10-18 Uhr", "Mo-Fr 10:00-18:00"),
        ("Di + Do 16:00-19:00 Uhr", "Tu,Th 16:00-19:00"),
        ("Mo.-Fr. 10:00 - 18:00", "Mo-Fr 10:00-18:00"),
        ("Montags bis freitags von 8.00 bis 16.00 Uhr", "Mo-Fr 08:00-16:00"),
        ("täglich 10–18 Uhr", "Mo-Su 10:00-18:00"),
        ("lun-ven 9h-18h", "Mo-Fr 09:00-18:00"),
        ("lundi au vendredi : 9h-12h / 14h-18h30", "Mo-Fr 09:00-12:00,14:00-18:30"),
        ("du mardi au samedi de 10h à 19h", "Tu-Sa 10:00-19:00"),
        ("Mer. 14h–18h, Sam. 10h–12h30", "We 14:00-18:00; Sa 10:00-12:30"),
        ("lundi : 9h-12h ; mardi : fermé", "Mo 09:00-12:00; Tu off"),
        ("lundi au jeudi : 8h30 - 12h - Vendredi : 8h - 12h", "Mo-Th 08:30-12:00; Fr 08:00-12:00"),
        ("tous les jours de 10h à 18h", "Mo-Su 10:00-18:00"),
        ("L-V 9:00-14:00", "Mo-Fr 09:00-14:00"),
        ("De lunes a viernes de 10 a 14 h y de 17 a 20 h", "Mo-Fr 10:00-14:00,17:00-20:00"),
        ("Dal lunedì al venerdì 9.00-13.00", "Mo-Fr 09:00-13:00"),
        ("lun-ven 9-13, 15-19", "Mo-Fr 09:00-13:00,15:00-19:00"),
        ("Mon-Fri 9am-5pm", "Mo-Fr 09:00-17:00"),
        ("9am to 5.30pm Monday to Friday", "Mo-Fr 09:00-17:30"),
        ("Fri 2-5pm", "Fr 14:00-17:00"),
        ("Fri 7pm-2am", "Fr 19:00-02:00"),
        ("ma-vr 9:00-17:00", "Mo-Fr 09:00-17:00"),
    ],
)
def test_hours_of_six_languages_are_understood(text, written):
    assert as_osm(text) == written
    assert opening_hours.validate(written)


@pytest.mark.parametrize(
    "text",
    [
        "sur rendez-vous",
        "lundi 9h-12h sauf en août",
        "1er samedi du mois 10h-12h",
        "samedi 10h",
        "lundi-vendredi",
        "Mon Fri 6-21",
        "10-18 Uhr",
        "Mon-Fri 9-5",
        "Mo 25-26",
        "Mo-Fr 12-2",
        "Mo 9-12; Mo geschlossen",
        "Mo-Fr 9-12; Mi 14-18",
        "Mo 14-18, 9-12",
        "2024",
        "",
    ],
)
def test_what_is_not_wholly_understood_is_none(text):
    assert as_osm(text) == ""


def test_the_country_tells_what_a_short_day_means():
    assert as_osm("Di 10-12") == ""
    assert as_osm("Di 10-12", "DE") == "Tu 10:00-12:00"
    assert as_osm("Di 10-12", "FR") == "Su 10:00-12:00"
    assert as_osm("Di 10-12", "SE") == ""
