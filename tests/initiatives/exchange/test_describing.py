"""Offers and needs for search engines: the members that Google's guides to job postings and courses ask for."""

import json
import re
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from community.members.enums import Visibility
from initiatives.exchange.describing import json_ld, shown_with
from tests.factories import CollectiveFactory, ExchangeFactory, InitiativeFactory, MemberFactory

pytestmark = pytest.mark.django_db
JOB = {"contract": "permanent", "hours_week": 35, "pay": {"amount": "1900.50", "currency": "EUR"}}
COURSE = {"format": "on-site", "hours_total": 7.5, "seats": 12, "price_terms": "paid"}
# What Google asks of a value, by its word.
EMPLOYMENT = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
MODES = {"Onsite", "Online", "Blended"}
CHARGES = {"Free", "Partially Free", "Subscription", "Paid"}


def told(exchange) -> dict:
    """What the script of its page says."""
    body = render_to_string("initiatives/exchange/_jsonld.html", shown_with(exchange))
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', body)[1])


@pytest.fixture
def cafe():
    """An initiative that hires and teaches."""
    return InitiativeFactory(name="Café & Co", published=True)


def job(cafe, **more):
    """An open post."""
    return ExchangeFactory(
        **{
            "initiative": cafe,
            "category": "job",
            "title": "A cook",
            "details": JOB,
            "starts": date(2027, 1, 4),
        }
        | more
    )


def test_a_post_has_what_is_asked_of_a_job_posting(cafe):
    found = told(job(cafe))
    assert found["@type"] == "JobPosting"
    assert set(found) >= {
        "datePosted",
        "description",
        "hiringOrganization",
        "jobLocation",
        "title",
        "validThrough",
    }
    assert date.fromisoformat(found["datePosted"]) == timezone.now().date()
    assert found["title"] == "A cook"
    assert found["description"] == "<p>We graft old apple trees.</p>"
    assert found["hiringOrganization"]["name"] == "Café & Co"
    assert found["hiringOrganization"]["sameAs"].endswith(f"/initiatives/{cafe.slug}/")
    assert found["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Lyon",
        "addressCountry": "FR",
    }
    assert found["baseSalary"]["currency"] == "EUR"
    assert found["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "value": 1900.5,
        "unitText": "MONTH",
    }
    assert found["employmentType"] == ["FULL_TIME"]
    assert "jobLocationType" not in found
    assert found["url"] == found["@id"]


@pytest.mark.parametrize(
    ("contract", "hours", "expected"),
    [
        ("permanent", 20, ["PART_TIME"]),
        ("fixed-term", 35, ["TEMPORARY", "FULL_TIME"]),
        ("seasonal", 30, ["TEMPORARY", "FULL_TIME"]),
        ("integration", 26, ["OTHER", "PART_TIME"]),
        ("apprenticeship", 35, ["OTHER", "FULL_TIME"]),
        ("internship", 35, ["INTERN", "FULL_TIME"]),
        ("freelance", 10, ["CONTRACTOR", "PART_TIME"]),
    ],
)
def test_each_contract_is_a_kind_of_employment(cafe, contract, hours, expected):
    found = told(job(cafe, details={"contract": contract, "hours_week": hours}))["employmentType"]
    assert found == expected
    assert set(found) <= EMPLOYMENT


def test_a_post_from_anywhere_says_who_may_apply(cafe):
    found = told(job(cafe, remote=True))
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert found["applicantLocationRequirements"] == {"@type": "Country", "name": "FR"}


def test_nobody_is_named_who_does_not_show_their_name():
    hidden = MemberFactory(public_name="Secret", public_name_seen_by=Visibility.MEMBERS)
    assert told(job(None, author=hidden))["hiringOrganization"] == "confidential"
    shown = MemberFactory(public_name="Ada", public_name_seen_by=Visibility.EVERYONE)
    assert told(job(None, author=shown))["hiringOrganization"] == {"@type": "Person", "name": "Ada"}
    for category, kind in (("training", "offer"), ("job", "need"), ("skill", "offer")):
        one = ExchangeFactory(author=hidden, category=category, kind=kind)
        assert "Secret" not in json.dumps(json_ld(one), default=str)


def test_a_training_has_what_is_asked_of_a_course(cafe):
    days = [date(2027, 2, 3), date(2027, 1, 20)]
    found = told(
        ExchangeFactory(
            initiative=cafe,
            category="training",
            languages=["fr"],
            dates=days,
            details={**COURSE, "price": {"amount": "40.00", "currency": "EUR"}, "certificate": "A paper"},
        )
    )
    assert found["@type"] == "Course"
    assert set(found) >= {"name", "description", "provider", "offers", "hasCourseInstance"}
    assert found["offers"] == {"@type": "Offer", "category": "Paid", "price": "40.00", "priceCurrency": "EUR"}
    (instance,) = found["hasCourseInstance"]
    assert instance["courseMode"] == "Onsite"
    assert instance["courseWorkload"] == "PT7.5H"
    assert (instance["startDate"], instance["endDate"]) == ("2027-01-20", "2027-02-03")
    assert instance["location"]["address"]["addressLocality"] == "Lyon"
    assert instance["maximumAttendeeCapacity"] == 12
    assert found["educationalCredentialAwarded"] == "A paper"


@pytest.mark.parametrize("form", ["on-site", "online", "mixed"])
@pytest.mark.parametrize("terms", ["free", "cost", "paid", "pay-what-you-can", "time-currency"])
def test_each_form_and_price_is_one_that_google_knows(cafe, form, terms):
    found = told(
        ExchangeFactory(
            initiative=cafe, category="training", details={**COURSE, "format": form, "price_terms": terms}
        )
    )
    assert found["offers"]["category"] in CHARGES
    assert found["hasCourseInstance"][0]["courseMode"] in MODES
    assert (found["offers"].get("price") == "0") is (terms == "free")


@pytest.mark.parametrize(
    ("kind", "category", "type_", "item"),
    [
        ("need", "job", "Demand", "Service"),
        ("need", "training", "Demand", "Service"),
        ("offer", "equipment", "Offer", "Product"),
        ("need", "space", "Demand", "Place"),
        ("offer", "volunteering", "Offer", "Service"),
    ],
)
def test_all_else_is_an_offer_or_a_demand(kind, category, type_, item):
    found = told(ExchangeFactory(kind=kind, category=category, collective=CollectiveFactory(name="Tables")))
    assert found["@type"] == type_
    assert found["itemOffered"]["@type"] == item
    assert found["seller"]["name"] == "Tables"
    assert found["validThrough"] > found["validFrom"]


def test_no_text_ends_the_script(cafe):
    hostile = "</script><script>alert(1)</script>"
    one = job(cafe, title=hostile, text=hostile)
    body = render_to_string("initiatives/exchange/_jsonld.html", shown_with(one))
    assert body.count("<script") == body.count("</script>") == 1
    assert told(one)["title"] == hostile
    assert "<script>" not in told(one)["description"]


def test_what_is_over_is_not_described(cafe):
    over = job(cafe, status="settled", ended_at=timezone.now() - timedelta(days=1))
    assert shown_with(over)["json_ld_script"] == ""
