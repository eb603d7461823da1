#!/bin/sh
# Install what is missing to build (and, with "test" or "lint", to test and to
# check) amparo on Debian 12, Debian 13 and Ubuntu 24.04.  Does nothing, and
# asks for no rights, when everything is there.
# Usage: deps.sh build|test|lint ...
set -eu

build="gcc libc6-dev make pkg-config gettext libncurses-dev libsqlcipher-dev
	libconfig-dev libsodium-dev libutf8proc-dev tzdata ncurses-base"
tests="libcmocka-dev libvterm-dev openssh-server openssh-client procps
	ncurses-term python3-minimal zlib1g-dev"
lint="clang-format clang-tidy git"
# The first SQLCipher that keys with all its own defaults as the vault expects.
sqlcipher_least=4.5
etc=${AMPARO_ETC:-/etc}	# another place for the tests of this script

want=
for set in "$@"; do
	case $set in
	build) want="$want $build" ;;
	test) want="$want $build $tests" ;;
	lint) want="$want $lint" ;;
	*) echo "deps.sh: no such set: $set (build, test or lint)" >&2; exit 2 ;;
	esac
done

say() { printf '%s\n' "$*" >&2; }

if ! command -v dpkg-query >/dev/null 2>&1; then
	say "This system has no apt. Please install these yourself, then build with 'make':"
	say " " $want
	say "libsqlcipher must be $sqlcipher_least or newer."
	exit 1
fi

have() {
	[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}
enough() {	# an installed or offered SQLCipher version that is new enough
	dpkg --compare-versions "$1" ge "$sqlcipher_least"
}

missing=
for p in $want; do
	if ! have "$p"; then
		missing="$missing $p"
	elif [ "$p" = libsqlcipher-dev ] &&
	    ! enough "$(dpkg-query -W -f='${Version}' "$p")"; then
		missing="$missing $p"
	fi
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null 2>&1; then
		say "These packages are missing:$missing"
		say "Please run 'make deps' as root, or install sudo."
		exit 1
	fi
	as_root=sudo
fi
export DEBIAN_FRONTEND=noninteractive

offered() {
	LC_ALL=C apt-cache policy libsqlcipher-dev |
	    sed -n 's/^  Candidate: //p'
}

# Debian 12's own SQLCipher is too old; its backports suite, from the mirror
# that this machine already uses, has a new one.  Added once.  Nowhere else:
# the suite and its key are Debian's, and another system's apt would stumble
# over them from then on.
add_backports() {
	. "$etc/os-release"
	if [ "${ID:-}:${VERSION_CODENAME:-}" != debian:bookworm ]; then
		say "${PRETTY_NAME:-This system} offers no libsqlcipher-dev $sqlcipher_least or newer, which amparo needs."
		say "Debian 12 and 13 and Ubuntu 24.04 have it. Nothing was added to the apt sources."
		exit 1
	fi
	suite="$VERSION_CODENAME-backports"
	if grep -rqs "^[^#]*$suite" "$etc/apt/sources.list" "$etc/apt/sources.list.d"; then
		return 0
	fi
	# Debian's own files first: another's may name the same suite.
	uri=$(cat "$etc/apt/sources.list" "$etc/apt/sources.list.d/debian.sources" \
	    "$etc"/apt/sources.list.d/*.sources 2>/dev/null |
	    awk -v code="$VERSION_CODENAME" '
		/^URIs:/ { uri = $2 }
		/^Suites:/ { for (i = 2; i <= NF; i++)
			if ($i == code && uri != "") { print uri; exit } }
		/^deb[ \t]/ && !/cdrom:/ { for (i = 2; i <= NF; i++)
			if ($(i + 1) == code) { print $i; exit } }')
	if [ -z "$uri" ]; then
		say "The mirror of this machine is not in its apt sources; add $suite by hand."
		exit 1
	fi
	key=/usr/share/keyrings/debian-archive-keyring.gpg
	printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
	    "$uri" "$suite" "$key" |
	    $as_root tee "$etc/apt/sources.list.d/amparo-backports.sources" >/dev/null
}

# Debian 12 offers a SQLCipher, though an old one; what nobody offers is missed
# in the sources of this machine.
check_offered() {
	none=
	for p in $missing; do
		LC_ALL=C apt-cache policy "$p" 2>/dev/null |
		    grep -q '^  Candidate: [^(]' || none="$none $p"
	done
	[ -n "$none" ] || return 0
	. "$etc/os-release"
	say "The apt sources of this machine do not offer:$none"
	if [ "${ID:-}" = ubuntu ]; then
		say "They are in Ubuntu's component universe. Add it (add-apt-repository universe), then run this again."
	else
		say "Add the suite main of this system to /etc/apt/sources.list, then run this again."
	fi
	exit 1
}

$as_root apt-get -qq update
check_offered
plain=
sqlcipher=
for p in $missing; do
	if [ "$p" = libsqlcipher-dev ]; then sqlcipher=$p; else plain="$plain $p"; fi
done
if [ -n "$sqlcipher" ] && ! enough "$(offered)"; then
	add_backports
	$as_root apt-get -qq update
	sqlcipher="-t $VERSION_CODENAME-backports $sqlcipher"
fi
for set in "$plain" "$sqlcipher"; do
	[ -n "$set" ] || continue
	# shellcheck disable=SC2086
	$as_root apt-get install -y -qq --no-install-recommends $set >/dev/null
done
