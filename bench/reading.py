"""How fast forms are read: `python -m bench.reading`. Figures, as ratios to pyxform in the same run.

Other people's forms lie beside the checkout (../shared/xlsforms); the large one is made here: 1,641 questions
with 2,116 expressions, as many as the largest form known to us has.
"""

from __future__ import annotations

import contextlib
import io
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from consult.questionnaires.xlsform import read_xlsform, write_xlsform

try:
    from pyxform.xls2xform import convert
except ImportError:
    convert = None

FORMS = Path(__file__).parents[2] / "shared" / "xlsforms"
QUESTIONS, EXPRESSIONS = 1_641, 2_116
GOALS = {"median": 0.3, "95th percentile": 2.0, "large form": 5.0, "memory": 256.0}

_ALONE = """
import resource, sys
from pathlib import Path
from consult.questionnaires.xlsform import read_xlsform
read_xlsform(Path(sys.argv[1]).read_bytes(), sys.argv[1])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.xlsx"
        large.write_bytes(large_form())
        paths = sorted(FORMS.glob("*/*.xls*"))
        if paths:
            _all_forms(paths)
        else:
            print("no forms beside the checkout (../shared/xlsforms)")
        ours = _seconds(lambda: _read(large), 3)
        theirs = _seconds(lambda: _convert(large), 1) if convert is not None else None
        _say("large form", ours, theirs, f"{QUESTIONS:,} questions, {EXPRESSIONS:,} expressions")
        heaviest = max([*paths, large], key=lambda path: path.stat().st_size)
        memory = max(_megabytes(path) for path in {large, heaviest})
        print(f"{memory:8.0f} MB  memory of the whole process at its highest (goal {GOALS['memory']:.0f})")


def _all_forms(paths: list[Path]) -> None:
    _read(paths[0])  # names of languages are read once
    ours = [_seconds(lambda path=path: _read(path), 1) for path in paths]
    theirs = (
        [_seconds(lambda path=path: _convert(path), 1) for path in paths] if convert is not None else None
    )
    through = sum(read_xlsform(path.read_bytes(), path.name).questionnaire is not None for path in paths)
    print(f"{through:8d} of {len(paths)} forms go through")
    for name, at in (("median", 0.5), ("95th percentile", 0.95), ("slowest", 1.0)):
        _say(name, _quantile(ours, at), _quantile(theirs, at) if theirs else None)
    if theirs:
        ratio = statistics.median(their / our for our, their in zip(ours, theirs, strict=True))
        print(f"{ratio:8.1f} times as fast as pyxform on the same form (median of the ratios)")


def large_form() -> bytes:
    """A workbook of QUESTIONS questions in groups of 20, in two languages, with EXPRESSIONS expressions."""
    rows = [
        "| survey |",
        "| | type | name | label::English (en) | label::Français (fr) | relevant | constraint |",
    ]
    for number in range(QUESTIONS):
        if number % 20 == 0:
            rows += ["| | end_group | | | | | |"] * (number > 0)
            rows.append(f"| | begin_group | g{number} | Part {number} | Partie {number} | | |")
        kind = ("integer", "text", "select_one yn", "select_multiple yn")[number % 4]
        before = f"${{q{number - 1}}} != '' and not(selected(${{q{number // 2}}}, 'no'))" if number else ""
        within = ". != 999" if number < EXPRESSIONS - QUESTIONS + 1 else ""
        rows.append(
            f"| | {kind} | q{number} | Question {number}? | Question {number} ? | {before} | {within} |"
        )
    rows += ["| | end_group | | | | | |", "| choices |", "| | list_name | name | label::English (en) |"]
    rows += ["| | yn | yes | Yes |", "| | yn | no | No |"]
    made = read_xlsform("\n".join(rows).encode(), "large.md").questionnaire
    if made is None:
        raise SystemExit("the large form cannot be read")
    return write_xlsform(made)


def _read(path: Path) -> None:
    read_xlsform(path.read_bytes(), path.name)


def _convert(path: Path) -> None:
    with contextlib.suppress(Exception), contextlib.redirect_stderr(io.StringIO()):
        convert(xlsform=str(path))


def _seconds(run: Callable[[], object], times: int) -> float:
    """Of processor time, the best of several runs: other programs on the machine do not count."""
    best = float("inf")
    for _ in range(times):
        start = _processor()
        run()
        best = min(best, _processor() - start)
    return best


def _processor() -> float:
    """Seconds so far, with those of ended child processes: old workbooks are read in one."""
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _megabytes(path: Path) -> float:
    ran = subprocess.run(
        [sys.executable, "-c", _ALONE, str(path)], capture_output=True, text=True, check=True
    )
    return float(ran.stdout)


def _quantile(seconds: list[float], at: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * at), len(ordered) - 1)]


def _say(name: str, ours: float, theirs: float | None, about: str = "") -> None:
    goal = f" (goal {GOALS[name]} s)" if name in GOALS else ""
    peer = f"; pyxform {theirs:.3f} s, ratio {theirs / ours:.1f}" if theirs else ""
    print(f"{ours:8.3f} s   {name}{f', {about}' if about else ''}{goal}{peer}")


if __name__ == "__main__":
    main()
