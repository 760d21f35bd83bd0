"""Named errors of the doors; geoportal turns them into problem+json or a message beside a field."""


class InvalidParameterError(Exception):
    """A query parameter that cannot be used: which one, and what was expected."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(f"{parameter}: {detail}")
        self.parameter = parameter
        self.detail = detail
