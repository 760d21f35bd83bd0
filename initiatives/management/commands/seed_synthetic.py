"""manage.py seed_synthetic: made-up initiatives in any number, for measuring."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, connection

from initiatives.synthetic import seed


class Command(BaseCommand):
    """Adds N published initiatives over Europe."""

    help = "Add N plausible published initiatives over Europe, for benchmarks; the same seed gives the same ones."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and which."""
        parser.add_argument("--initiatives", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *args, **options) -> None:
        """All or nothing."""
        number = options["initiatives"]
        if not 1 <= number <= 5_000_000:
            raise CommandError(f"--initiatives: expected 1 to 5000000, came {number}")
        try:
            made = seed(number, options["seed"], lambda done: self.stdout.write(f"{done} of {number}"))
        except LookupError as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            raise CommandError(f"Seed {options['seed']} was used already; take another --seed.") from error
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE initiatives_initiative, initiatives_initiativetheme, initiatives_initiativeterritory"
            )
        self.stdout.write(f"initiatives: {made} added")
