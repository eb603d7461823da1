#!/bin/sh
# The budgets, as ratios to the bare engine in the same run: make bench.
#
# BENCH_CASES="10000"   sizes of vault (10000 100000 1000000)
# BENCH_DIR=DIR         where the filled vaults are kept (build/bench): made
#                       once, 5 GB and a quarter of an hour for the million
# BENCH_ONLY=queue      one part of the store alone, nothing else (sign-in
#                       queue counts today open heavy timeline save; names)
# SESSIONS=200 SECONDS_LONG=60   many at once, on the largest vault (60, 20)
set -eu
build=$1
sizes=${BENCH_CASES:-10000 100000 1000000}
dir=${BENCH_DIR:-$build/bench}
config=config/societies/sri-lanka.cfg
bin=$build/opt
case $bin in /*) ;; *) bin=$PWD/$bin ;; esac
export AMPARO_OPT_BIN="$bin/amparo"
mkdir -p "$dir"
chmod 700 "$dir"

fill() {	# cases
	[ ! -f "$dir/$1.sign-ins" ] || return 0
	echo "Making a vault of $1 cases, once." >&2
	rm -rf "${dir:?}/$1"
	"$bin/amparo" --config $config demo "$dir/$1" --cases "$1" \
	    >"$dir/$1.sign-ins.part"
	mv "$dir/$1.sign-ins.part" "$dir/$1.sign-ins"
}

measure() {	# program cases
	echo "Measuring $1 with $2 cases." >&2
	"$bin/bench/$1" "$dir/$2" "$dir/$2.sign-ins" $config "$2"
}

for n in $sizes; do fill "$n"; last=$n; done
out=$(mktemp)
trap 'rm -f "$out"' EXIT INT TERM
for n in $sizes; do
	[ "${BENCH_ONLY:-}" = names ] || measure store "$n" >>"$out"
	case ${BENCH_ONLY:-names} in names) measure names "$n" >>"$out" ;; esac
	[ -z "${BENCH_ONLY:-}" ] || continue
	measure terminal "$n" >>"$out"
done
# What was measured before is printed, whatever becomes of the last part.
failed=0
[ -n "${BENCH_ONLY:-}" ] || measure sessions "$last" >>"$out" || failed=1

# "grows": ours over ours at the smallest size of this run; flat is about 1.
# Pages of the queue and Today are to be flat from 10,000 to a million (design
# 9): 2 leaves room for a level more of each index and for fuller pages.
awk -F '\t' '
BEGIN {
	printf "%-47s %8s %9s %9s %7s %-6s %6s %-11s %-4s %s\n", "what",
	    "cases", "ours", "bare", "ratio", "unit", "grows", "budget", "",
	    "remark"
}
{
	grows = ""
	row = $1 FS $7
	if (!(row in first))
		first[row] = $3
	else if (first[row] > 0)
		grows = sprintf("%.1fx", $3 / first[row])
	if ($1 ~ /^(queue|Today,) / && grows + 0 > 2)
		$8 = "OVER"
	else if ($1 ~ /^Today, / && grows != "")
		$8 = "ok"
	printf "%-47s %8s %9s %9s %7s %-6s %6s %-11s %-4s %s\n", $1, $2, $3,
	    $4, $5, $7, grows, $6, $8, $9
	if ($8 == "ok")
		ok++
	if ($8 == "OVER")
		over++
}
END { printf "%d within budget, %d over\n", ok, over }' "$out"
exit $failed
