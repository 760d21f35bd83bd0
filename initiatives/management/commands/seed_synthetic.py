"""manage.py seed_synthetic: made-up initiatives, offers and needs in any number, and a community, for measuring."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, connection

from community import synthetic as community
from initiatives import synthetic_exchanges as exchanges
from initiatives.synthetic import seed


class Command(BaseCommand):
    """Adds N published initiatives over Europe."""

    help = "Add N plausible published initiatives over Europe, for benchmarks; the same seed gives the same ones."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and which."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--initiatives", type=int, metavar="N")
        what.add_argument("--exchanges", type=int, metavar="N", help="open offers and needs instead")
        what.add_argument(
            "--community",
            action="store_true",
            help="members, groups, posts, meetings and spaces of a grown network instead",
        )
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *args, **options) -> None:
        """All or nothing."""
        if options["community"]:
            self.people(options["seed"])
        elif options["exchanges"] is not None:
            self.exchanges(options["exchanges"], options["seed"])
        else:
            self.initiatives(options["initiatives"], options["seed"])

    def people(self, seed_number: int) -> None:
        """Members and groups, and what they say."""
        try:
            made = community.seed(seed_number)
        except IntegrityError as error:
            raise CommandError(f"Seed {seed_number} was used already; take another --seed.") from error
        self.stdout.write("; ".join(f"{what}: {number} added" for what, number in made.items()))

    def exchanges(self, number: int, seed_number: int) -> None:
        """Open offers and needs."""
        if not 1 <= number <= 1_000_000:
            raise CommandError(f"--exchanges: expected 1 to 1000000, came {number}")
        try:
            made = exchanges.seed(number, seed_number)
        except LookupError as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            raise CommandError(f"Seed {seed_number} was used already; take another --seed.") from error
        self.stdout.write(f"offers and needs: {made} added")

    def initiatives(self, number: int, seed_number: int) -> None:
        """Published initiatives."""
        if not 1 <= number <= 5_000_000:
            raise CommandError(f"--initiatives: expected 1 to 5000000, came {number}")
        try:
            made = seed(number, seed_number, lambda done: self.stdout.write(f"{done} of {number}"))
        except LookupError as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            raise CommandError(f"Seed {seed_number} was used already; take another --seed.") from error
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE initiatives_initiative, initiatives_initiativetheme, initiatives_initiativeterritory"
            )
        self.stdout.write(f"initiatives: {made} added")
