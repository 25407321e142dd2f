"""The one error of the harness: something kept the measurement from happening."""


class Failure(Exception):
    """Printed as one line; the script exits 2."""
