#!/bin/sh
# libFuzzer with address and undefined-behaviour sanitizers on every
# tests/fuzz/fuzz_*.c, FUZZ_SECONDS each (30).  Called by `make fuzz` with
# BUILD, CFLAGS and LIBS; FUZZ="text key" runs some of them only.
# Seeds: tests/fixtures/fuzz/NAME; what is found new stays in
# BUILD/fuzz/corpus/NAME, a crash in BUILD/fuzz/NAME-crash-...
set -u
clang=${CLANG:-clang}
seconds=${FUZZ_SECONDS:-30}
dir=${BUILD:-build}/fuzz
say() { printf '%s\n' "$*" >&2; }

mkdir -p "$dir" || exit 1
if ! command -v "$clang" >/dev/null 2>&1; then
	say "make fuzz needs clang: apt-get install clang libclang-rt-dev"
	exit 1
fi
echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n)' \
    '{ return p == 0 && n > 0; }' >"$dir/try.c"
if ! "$clang" -fsanitize=fuzzer,address,undefined -o "$dir/try" "$dir/try.c" \
    2>"$dir/try.log"; then
	say "make fuzz needs libFuzzer: apt-get install libclang-rt-dev"
	cat "$dir/try.log" >&2
	exit 1
fi

# What only gcc knows; and warnings are gcc's to give.
flags=$(printf '%s ' "${CFLAGS:-}" | sed -e 's/-Wtrampolines//' \
    -e 's/-Wbidi-chars=any//')
# Names in quotes do not survive being handed on.
for name in VERSION DATADIR LOCALEDIR; do
	flags="$flags -DAMPARO_$name='\"fuzz\"'"
done
flags="$flags -w -DAMPARO_TEST -g -O1 -fno-omit-frame-pointer"
flags="$flags -fsanitize=address,undefined -fno-sanitize-recover=all"

# Only rooms that parse; an object is made again when it or a header is newer.
objects=
for c in src/base/*.c src/vault/*.c src/config/*.c src/rules/*.c src/ui/*.c; do
	o=$dir/$(printf %s "${c%.c}" | tr / _).o
	objects="$objects $o"
	[ -z "$(find "$c" src/*/*.h -newer "$o" 2>/dev/null)" ] &&
	    [ -f "$o" ] && continue
	eval "$clang $flags -fsanitize=fuzzer-no-link -c -o $o $c" || exit 1
done
rm -f "$dir/libparse.a"
# shellcheck disable=SC2086
ar rcs "$dir/libparse.a" $objects || exit 1

export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"
ran=0 failed=0
for c in tests/fuzz/fuzz_*.c; do
	name=$(basename "$c" .c)
	name=${name#fuzz_}
	if [ -n "${FUZZ:-}" ]; then
		case " $FUZZ " in *" $name "*) ;; *) continue ;; esac
	fi
	eval "$clang $flags -fsanitize=fuzzer -o $dir/$name $c \
	    $dir/libparse.a ${LIBS:-}" || exit 1
	mkdir -p "$dir/corpus/$name"
	seeds=
	[ -d "tests/fixtures/fuzz/$name" ] && seeds=tests/fixtures/fuzz/$name
	[ "$name" = config ] && seeds="config/societies config/catalogues config/directory"
	# shellcheck disable=SC2086
	"$dir/$name" -max_total_time="$seconds" -max_len=8192 -timeout=10 \
	    -rss_limit_mb=2048 -print_final_stats=1 \
	    -artifact_prefix="$dir/$name-" "$dir/corpus/$name" $seeds \
	    >"$dir/$name.log" 2>&1
	code=$?
	ran=$((ran + 1))
	printf '%-10s %10s runs  %5s features  %s\n' "$name" \
	    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/$name.log")" \
	    "$(sed -n 's/.* ft: \([0-9]*\) .*/\1/p' "$dir/$name.log" | tail -1)" \
	    "$([ $code -eq 0 ] && echo good || echo "BROKEN: $dir/$name.log")"
	if [ $code -ne 0 ]; then
		failed=$((failed + 1))
		tail -40 "$dir/$name.log" >&2
	fi
done
echo "$((ran - failed)) passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$ran" -gt 0 ]
