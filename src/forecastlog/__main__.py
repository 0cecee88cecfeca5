"""``python -m forecastlog``."""

from forecastlog.cli.main import main

main()
