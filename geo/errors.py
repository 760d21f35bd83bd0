"""Named errors of the doors; geoportal turns them into problem+json or a message beside a field."""


class BusyError(Exception):
    """What is asked for cannot be begun now: why, and after how many seconds to ask again."""

    def __init__(self, detail: str, seconds: int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.seconds = seconds


class NotYetError(Exception):
    """What is asked for is not to be had yet, and when it will be: in words."""


class InvalidParameterError(Exception):
    """A query parameter that cannot be used: which one, and what was expected."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(f"{parameter}: {detail}")
        self.parameter = parameter
        self.detail = detail
