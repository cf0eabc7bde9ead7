#!/usr/bin/env bash
# Measures the embedded durable engine and bare SQLite, workload by workload: the bound, the engine, the bound again, each in
# a process of its own. Prints the table of the medians. See docs/benchmarks.md.
#   durable.sh [--runs 3] [--out lines.jsonl] [flags of the workloads: --data, --scale, --in-flight, --warm-up, --ids]
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=3
lines=""
flags=()
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || { echo "durable.sh: $1 has no value; write it behind: $1 <value>" >&2; exit 2; }
  case "$1" in
    --runs) runs="$2" ;;
    --out) lines="$2" ;;
    --data | --scale | --in-flight | --warm-up | --ids) flags+=("$1" "$2") ;;
    *) echo "durable.sh: unknown flag '$1'; there are --runs, --out, --data, --scale, --in-flight, --warm-up, --ids" >&2; exit 2 ;;
  esac
  shift 2
done
[[ "$runs" =~ ^[1-9][0-9]*$ ]] || { echo "durable.sh: --runs $runs is no whole number above 0" >&2; exit 2; }
[ -n "$lines" ] || lines=$(mktemp -t durable-XXXXXX.jsonl)

dotnet build tests/Benchmarks -c Release -v quiet -clp:NoSummary >&2
durable() { dotnet tests/Benchmarks/bin/Release/net10.0/Benchmarks.dll durable "$@"; }
measure() { durable "$@" ${flags[@]+"${flags[@]}"} | tee -a "$lines" >&2; }

: > "$lines"
for run in $(seq "$runs"); do
  for workload in w1 w1-alone w2 w3 w4; do
    measure bound "$workload" --kind history
    measure bound "$workload" --kind callers
    measure bound "$workload"
    measure "$workload"
    measure bound "$workload"
    measure bound "$workload" --kind callers
  done
  echo "run $run of $runs is done" >&2
done

durable table "$lines"
echo "The lines are in $lines" >&2
