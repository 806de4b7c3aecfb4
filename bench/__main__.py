"""Every benchmark in one run (``make bench``): each prints ratios to a floor or to a peer."""

from __future__ import annotations

import subprocess
import sys

SUBJECTS = ("logic", "reading", "pages", "answering", "storing", "workbook", "results")


def main() -> int:
    """Run the benchmarks one after the other; returns how many failed."""
    failed = 0
    for subject in SUBJECTS:
        print(f"\n## {subject}\n", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"bench.{subject}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
