"""python -m tests.bench: N and REUSE in the environment, DATABASE_URL names the server."""

import sys

from .running import main

sys.exit(main())
