#!/bin/sh
# Run the test programs and close with one line "N passed, N failed".
# Usage: run.sh BUILD [unit|fault|screens [NAME]]
# Each program is a cmocka group; its own words are shown when it fails.  A test
# that was left out is named, with what it said, and counted at the end.
set -u
build=$1; kind=${2:-}; name=${3:-}
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$PWD/tests/lsan.supp:print_suppressions=0}
export AMPARO_BIN=$PWD/$build/san/amparo AMPARO_OPT_BIN=$PWD/$build/opt/amparo
export AMPARO_SOURCE=$PWD
case $build in /*)
	AMPARO_BIN=$build/san/amparo AMPARO_OPT_BIN=$build/opt/amparo ;;
esac
passed=0; failed=0; left=0
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT INT TERM

run() {	# kind name
	prog=$build/san/$1/$2
	start=$(date +%s)
	"$prog" >"$out/log" 2>&1
	code=$?
	ok=$(grep -c '^\[       OK \]' "$out/log")
	# Each failed test is named twice: where it failed and in the summary.
	bad=$(grep '^\[  FAILED  \] [A-Za-z_0-9]*$' "$out/log" | sort -u | wc -l)
	if [ $code -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
	if [ $code -eq 0 ] && [ "$ok" -eq 0 ]; then bad=1; fi
	passed=$((passed + ok)); failed=$((failed + bad))
	printf '%-34s %4d passed %3d failed  %3d s\n' "$1/$2" "$ok" "$bad" \
	    $(($(date +%s) - start))
	if [ "$bad" -ne 0 ]; then cat "$out/log"; fi
	# The line before is the reason; the summary names it once more.
	awk '/^\[  SKIPPED \] [A-Za-z_0-9]*$/ && !seen[$NF]++ {
		print "  left out: " $NF ": " (why ~ /^\[/ ? "no reason said" : why) }
	    { why = $0 }' "$out/log" >"$out/left"
	cat "$out/left"
	left=$((left + $(wc -l <"$out/left")))
}

for k in unit fault screens; do
	[ -z "$kind" ] || [ "$kind" = $k ] || continue
	for f in tests/$k/*.c; do
		n=$(basename "$f" .c)
		[ -e "$f" ] || continue
		[ -z "$name" ] || [ "$n" = "$name" ] || [ "$n" = "test_$name" ] ||
		    continue
		run $k "$n"
	done
done
[ $left -eq 0 ] || echo "$left left out, named above"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
