"""Machine records that forecastlog, or a program, wrote elsewhere.

Lines that another ledger takes in as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forecastlog.interchange.found import BadFile, Report
from forecastlog.interchange.unpacked import Unpacked
from forecastlog.ledger.lines import LINES, LineReader
from forecastlog.ledger.shards import LONGEST

Line = dict[str, Any]


@dataclass(slots=True)
class Standing:
    """What a ledger has already.

    Its people's ids, and its machines' predictions by id as they were written.
    """

    people: frozenset[str] = frozenset()
    written: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[str], lines: Mapping[str, bytes]) -> Standing:
        """From the ids of people's records, and the lines of machines' predictions by id."""
        import msgspec

        written = {name: canonical(msgspec.json.decode(line)) for name, line in lines.items()}
        return cls(frozenset(people), written)

    def objection(self, line: Line) -> str:
        """Why a prediction of the file cannot be taken in; empty where it can, or is there already."""
        if line["id"] in self.people:
            return "its id is that of a record in a person's file"
        known = self.written.get(line["id"])
        return "" if known in (None, canonical(line)) else "its prediction is there already, in other words"


def canonical(line: Line) -> bytes:
    """A line's content, however it was written."""
    import msgspec

    return msgspec.json.encode(line, order="sorted")


def record_lines(path: Path, report: Report, standing: Standing) -> Iterator[Line]:
    """Every line of the file that a ledger can read, with the others reported by their numbers.

    Of a prediction that is there already in other words nothing is taken in: its forecasts are there too,
    under ids of their own. Raises BadFile where no line is one of a machine's records.
    """
    objections, of = _survey(path, standing)
    if not of:
        raise BadFile(
            f"{path} holds no machine records: a line is an object with a type, an id and what it says."
        )
    reader = LineReader()
    for number, line in _objects(path, report):
        report.rows += 1
        table = LINES.get(line.get("type", ""))
        if table is None:
            report.skip("its type is none of " + ", ".join(LINES), number)
            continue
        reader.entry(table, line)
        grave, reader.faults = [fault for fault in reader.faults if fault.grave], []
        about = of.get(str(line.get("id")), "")
        if grave:
            report.skip(grave[0].message, number)
        elif about not in objections:
            report.skip("no line has its prediction", number)
        elif objections[about]:
            report.skip(objections[about], number)
        else:
            yield line


def _survey(path: Path, standing: Standing) -> tuple[dict[str, str], dict[str, str]]:
    """What stands against each prediction, and the prediction that each line is of."""
    objections = dict.fromkeys(standing.written, "")
    of: dict[str, str] = {}
    corrected: list[tuple[str, str]] = []
    for _, line in _objects(path):
        name = str(line.get("id", ""))
        match line.get("type"):
            case "prediction":
                objections[name] = standing.objection(line) if name else ""
                of[name] = name
            case "forecast" | "resolution":
                of[name] = str(line.get("prediction", ""))
            case "correction":
                corrected.append((name, str(line.get("corrects", ""))))
    of |= {name: of.get(line, line) for name, line in corrected}
    return objections, of


def _objects(path: Path, report: Report | None = None) -> Iterable[tuple[int, Line]]:
    import msgspec

    decoder = msgspec.json.Decoder(Line)
    for number, text in enumerate(Unpacked(path).lines(), 1):
        line = None
        if len(text) <= LONGEST:
            with suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                line = decoder.decode(text)
        if line is not None:
            yield number, line
        elif report and text.strip():
            report.rows += 1
            report.skip("no object in JSON, or longer than a line may be", number)
