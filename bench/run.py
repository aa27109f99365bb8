"""`python -m bench.run --size 1000`: measure, write results, draw the picture."""

from __future__ import annotations

import argparse
import json
import platform
import re
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench import picture, servers
from bench.goals import verdicts

RESULTS = servers.ROOT / "bench" / "results"
CONNECTIONS = (1, 16)
# Past the page cache, as every page is made when it is asked for the first time.
UNCACHED = "Range: bytes=0-"


def wrk(url: str, connections: int, seconds: int, header: str = "") -> dict[str, float]:
    """Requests per second, median and 99th percentile in milliseconds."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    if header:
        command += ["-H", header]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=True, timeout=120)
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(f"{url} answers with errors:\n{done.stdout}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert rate is not None
    return {
        "rps": float(rate[1]),
        "median_ms": _milliseconds(done.stdout, "50%"),
        "p99_ms": _milliseconds(done.stdout, "99%"),
    }


def _milliseconds(text: str, percent: str) -> float:
    found = re.search(rf"{percent}\s+([\d.]+)(us|ms|s)", text)
    assert found is not None
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


def targets(addresses: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Address and header of everything that is measured."""
    at = {
        name: f"http://{servers.HOST}:{port}"
        for name, port in (
            ("hello", servers.HELLO),
            ("bare", servers.BARE),
            ("portal", servers.PORTAL),
            ("nginx", servers.NGINX),
        )
    }
    found = {
        "yardstick_hello": (f"{at['hello']}/", ""),
        "yardstick_wagtail": (f"{at['bare']}/page/", ""),
        "yardstick_static": (f"{at['nginx']}/static-30k", ""),
        "cached_home": (f"{at['portal']}/", ""),
        "cached_document": (f"{at['portal']}{addresses['document']}", ""),
        "nginx_home": (f"{at['nginx']}/", ""),
    }
    for name, address in addresses.items():
        found[name] = (f"{at['portal']}{address}", UNCACHED)
    return found


def measure(size: int, rounds: int, seconds: int, only: str = "") -> dict[str, Any]:
    """Everything at one size. Targets take turns, so that a busy moment hits all alike."""
    folder = servers.ROOT / "var" / "bench"
    with servers.everything(size, folder) as pids:
        environment = servers.portal_environment(size, folder)
        inside = subprocess.run(
            [sys.executable, "-m", "bench.inside"],
            cwd=servers.ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if inside.returncode:
            raise SystemExit(inside.stderr)
        known = json.loads(inside.stdout.splitlines()[-1])
        chosen = {
            name: target
            for name, target in targets(known["addresses"]).items()
            if not only or name.startswith((*only.split(","), "yardstick"))
        }
        samples: dict[str, dict[int, list[dict[str, float]]]] = {
            name: {connections: [] for connections in CONNECTIONS} for name in chosen
        }
        for url, header in chosen.values():
            wrk(url, 1, 1, header)
        for turn in range(rounds):
            print(f"  round {turn + 1} of {rounds}", flush=True)
            for connections in CONNECTIONS:
                for name, (url, header) in chosen.items():
                    samples[name][connections].append(wrk(url, connections, seconds, header))
                    # Until the requests in flight are answered.
                    time.sleep(0.5)
        memory = servers.memory_of(pids["portal"])
    return {
        "size": size,
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {len_cpus()} cores, Python {platform.python_version()}",
        "rounds": rounds,
        "seconds": seconds,
        "queries": known["queries"],
        "publish_ms": known["publish_ms"],
        "explorer_ms": known["explorer_ms"],
        "memory_bytes": memory,
        "targets": {
            name: {
                str(connections): {
                    key: round(statistics.median(sample[key] for sample in taken), 2)
                    for key in ("rps", "median_ms", "p99_ms")
                }
                for connections, taken in by_connections.items()
            }
            for name, by_connections in samples.items()
        },
    }


def len_cpus() -> int:
    """How many processors the benchmark may use."""
    import os

    return len(os.sched_getaffinity(0))


def main() -> None:
    """Measure one size and draw all sizes that have been measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--only", default="", help="beginnings of names; nothing is written")
    options = parser.parse_args()
    if missing := servers.missing():
        raise SystemExit("The benchmark needs: " + ", ".join(missing))
    print(f"Measuring {options.size} pages", flush=True)
    result = measure(options.size, options.rounds, options.seconds, options.only)
    if options.only:
        print(json.dumps(result["targets"], indent=1))
        return
    RESULTS.mkdir(exist_ok=True)
    path: Path = RESULTS / f"{options.size}.json"
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    found = [json.loads(p.read_text(encoding="utf-8")) for p in RESULTS.glob("*.json")]
    found.sort(key=lambda item: item["size"])
    (RESULTS / "picture.svg").write_text(picture.draw(found), encoding="utf-8")
    print(picture.table(found))
    for verdict in verdicts(result, found[0]):
        mark = "да " if verdict.reached else "НЕТ"
        print(f"  {mark} {verdict.name:<36} {verdict.measured:>8} {verdict.wanted:>7}")


if __name__ == "__main__":
    main()
