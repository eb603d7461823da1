# amparo: `make run` opens the program on a demo vault, `make test` tests it.
# Everything is built under build/.  `make help` lists the targets.

prefix ?= /usr/local
bindir ?= $(prefix)/bin
datadir ?= $(prefix)/share
mandir ?= $(prefix)/share/man
localedir ?= $(datadir)/locale
CC ?= gcc
PKG_CONFIG ?= pkg-config
CLANG_FORMAT ?= clang-format
CLANG_TIDY ?= clang-tidy
INSTALL ?= install
BUILD ?= build
# make V=1 shows whole commands.
V ?= 0
quiet = $(if $(filter 0,$(V)),@echo '  $(1)' &&)
-include config.mk

VERSION = 0.1.0
PKGS = ncursesw panelw sqlcipher libconfig libsodium libutf8proc
TEST_PKGS = cmocka vterm zlib

# Rooms in the order of the arrows; see src/README.md.
ROOMS ?= base vault config rules store ui app cli exchange

WARN = -std=c17 -Wall -Wextra -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wformat=2 -Wvla -Wundef -Wwrite-strings \
	-Wnull-dereference -Wimplicit-fallthrough -Wtrampolines \
	-Wbidi-chars=any -Werror
DEFS = -D_GNU_SOURCE -DAMPARO_VERSION='"$(VERSION)"' \
	-DAMPARO_DATADIR='"$(datadir)/amparo"' \
	-DAMPARO_LOCALEDIR='"$(localedir)"'
HARD = -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-clash-protection \
	-fstack-protector-strong -ftrivial-auto-var-init=zero \
	-fno-delete-null-pointer-checks -fno-strict-overflow \
	-fno-strict-aliasing -fPIE
HARD += $(shell $(CC) -fcf-protection=full -E -x c /dev/null >/dev/null 2>&1 \
	&& echo -fcf-protection=full)
SAN = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all -DAMPARO_TEST
# A sanitized build is 2-3 times slower; the speed tests and the storm run on
# this one, which differs from the released program by the test hooks only.
OPT = $(HARD) -g -DAMPARO_TEST
LINK = -pie -Wl,-z,noexecstack -Wl,-z,relro -Wl,-z,now -Wl,--as-needed

# A unit test may bring a function of its own for one of the program's: the
# first definition, the test's, is taken.
FAKES = -Wl,-z,muldefs

src := $(foreach r,$(ROOMS),$(wildcard src/$(r)/*.c)) $(wildcard screens/*.c)
schema := $(sort $(wildcard src/store/schema/*.sql))
units := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
faults := $(patsubst tests/fault/%.c,%,$(wildcard tests/fault/test_*.c))
walks := $(patsubst tests/screens/%.c,%,$(wildcard tests/screens/*.c))
kit := $(wildcard tests/lib/*.c)
benches := $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/*.c))

cflags = $(WARN) $(DEFS) -Isrc -Iscreens -I$(BUILD)/gen \
	$(shell $(PKG_CONFIG) --cflags $(PKGS)) $(CPPFLAGS) $(CFLAGS)
libs = $(shell $(PKG_CONFIG) --libs $(PKGS)) $(LDFLAGS)
test_libs = $(shell $(PKG_CONFIG) --libs $(TEST_PKGS)) -lutil

# The interface's languages: one file each.  glibc reads no catalogue in the
# C.UTF-8 locale, so a copy of its (empty) messages gets a name of our own.
languages := $(basename $(notdir $(wildcard config/locale/*.po)))
catalogues = $(foreach l,$(languages),$(BUILD)/locale/$(l)/LC_MESSAGES/amparo.mo)
own_locale = amparo.UTF-8/LC_MESSAGES/SYS_LC_MESSAGES
c_messages = $(firstword $(wildcard \
	/usr/lib/locale/C.*8/LC_MESSAGES/SYS_LC_MESSAGES))
locales = $(if $(c_messages),$(catalogues) $(BUILD)/locale/$(own_locale))

.PHONY: pot po man all run test deps deps-test check-unit check-fault check-screens \
	check-day lint analyze fmt fmt-check bench fuzz install uninstall help \
	clean test-build
.DELETE_ON_ERROR:

all: $(BUILD)/amparo

# --- objects -----------------------------------------------------------------
# mode(name, flags): objects under build/name, an archive of every room so
# that a test links what it uses.
define mode
obj_$(1) := $$(patsubst %.c,$(BUILD)/$(1)/%.o,$(src)) \
	$$(if $$(filter store,$(ROOMS)),$(BUILD)/$(1)/schema.o)
kit_$(1) := $$(patsubst %.c,$(BUILD)/$(1)/%.o,$(kit))
$(BUILD)/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	$$(call quiet,cc $$<)$(CC) $$(cflags) $(2) -MMD -MP -c -o $$@ $$<
$(BUILD)/$(1)/schema.o: $(BUILD)/gen/schema.c
	@mkdir -p $$(@D)
	$$(call quiet,cc $$<)$(CC) $$(cflags) $(2) -c -o $$@ $$<
$(BUILD)/$(1)/libamparo.a: $$(obj_$(1))
	@rm -f $$@
	@ar rcs $$@ $$^
$(BUILD)/$(1)/amparo: $(BUILD)/$(1)/src/main.o $(BUILD)/$(1)/libamparo.a \
		| $$(locales)
	$$(call quiet,ld $$@)$(CC) $(2) $(LINK) -o $$@ $$^ $$(libs)
$(BUILD)/$(1)/unit/%: $(BUILD)/$(1)/tests/unit/%.o $$(kit_$(1)) \
		$(BUILD)/$(1)/libamparo.a | $$(locales)
	@mkdir -p $$(@D)
	$$(call quiet,ld $$@)$(CC) $(2) $(LINK) $(FAKES) -o $$@ $$^ $$(libs) \
		$$(test_libs)
$(BUILD)/$(1)/fault/%: $(BUILD)/$(1)/tests/fault/%.o $$(kit_$(1)) \
		$(BUILD)/$(1)/libamparo.a
	@mkdir -p $$(@D)
	$$(call quiet,ld $$@)$(CC) $(2) $(LINK) -o $$@ $$^ $$(libs) $$(test_libs)
$(BUILD)/$(1)/screens/%: $(BUILD)/$(1)/tests/screens/%.o $$(kit_$(1)) \
		$(BUILD)/$(1)/libamparo.a
	@mkdir -p $$(@D)
	$$(call quiet,ld $$@)$(CC) $(2) $(LINK) -o $$@ $$^ $$(libs) $$(test_libs)
$(BUILD)/$(1)/bench/%: $(BUILD)/$(1)/tests/bench/%.o $$(kit_$(1)) \
		$(BUILD)/$(1)/libamparo.a
	@mkdir -p $$(@D)
	$$(call quiet,ld $$@)$(CC) $(2) $(LINK) -o $$@ $$^ $$(libs) $$(test_libs)
-include $$(obj_$(1):.o=.d) $$(wildcard $(BUILD)/$(1)/tests/*/*.d) \
	$(BUILD)/$(1)/src/main.d
endef
$(eval $(call mode,release,$(HARD)))
$(eval $(call mode,san,$(SAN)))
$(eval $(call mode,opt,$(OPT)))
.SECONDARY:

$(BUILD)/amparo: $(BUILD)/release/amparo $(locales)
	@cp $< $@.new && mv $@.new $@

# --- languages ---------------------------------------------------------------
$(BUILD)/locale/%/LC_MESSAGES/amparo.mo: config/locale/%.po
	@mkdir -p $(@D)
	$(call quiet,po $<)msgfmt --check-format --check-header -o $@ $<
$(BUILD)/locale/$(own_locale): $(c_messages)
	@mkdir -p $(@D)
	@cp $< $@.new && mv $@.new $@

words = $(filter-out %/main.d,$(src) src/main.c $(wildcard src/*/*.def \
	src/*/*.h screens/*.h))
$(BUILD)/words/amparo.pot: $(words)
	@mkdir -p $(@D)
	@xgettext --language=C --from-code=UTF-8 --keyword=_ --keyword=N_ \
	    --keyword=ngettext:1,2 --flag=_:1:pass-c-format --sort-output \
	    --no-location --package-name=amparo --package-version=$(VERSION) \
	    -o $@ $^
	@sed -i '/^"POT-Creation-Date/d' $@
pot: $(BUILD)/words/amparo.pot
	@echo "$<: $$(grep -c '^msgid ' $<) texts"
# Bring new texts into every translation; what is not translated yet shows in
# English, what no text asks for any more is dropped.
po: $(BUILD)/words/amparo.pot
	@for l in $(languages); do \
		msgmerge --quiet --update --backup=none --no-fuzzy-matching \
		    --no-location config/locale/$$l.po $< && \
		msgattrib --no-obsolete -o config/locale/$$l.po \
		    config/locale/$$l.po && \
		printf '%s: ' $$l && \
		msgfmt --statistics -o /dev/null config/locale/$$l.po; \
	done
# A language nobody speaks, for the test that no text is left out: e becomes
# an e with an accent, and so on.
$(BUILD)/locale/qps/LC_MESSAGES/amparo.mo: $(BUILD)/words/amparo.pot
	@mkdir -p $(@D)
	@msgen -o $(BUILD)/words/qps.in $< && \
	    msgfilter --keep-header -i $(BUILD)/words/qps.in \
	    -o $(BUILD)/words/qps.po sed 'y/aeoAEO/áéóÁÉÓ/' && \
	    msgfmt --check-format -o $@ $(BUILD)/words/qps.po

# The migrations, compiled in: name, text and length of each, in order.
$(BUILD)/gen/schema.c: $(schema)
	@mkdir -p $(@D)
	@{ echo '#include "store/schema.h"'; \
	for f in $(schema); do \
		n=$$(basename $$f .sql | tr -c 'a-z0-9\n' _); \
		printf 'static const char m_%s[] = {\n' $$n; \
		od -An -v -tu1 $$f | sed 's/ *\([0-9][0-9]*\)/\1,/g'; \
		echo '0 };'; \
	done; \
	echo 'const struct migration migrations[] = {'; \
	for f in $(schema); do \
		b=$$(basename $$f .sql); n=$$(printf %s $$b | tr -c 'a-z0-9' _); \
		printf '\t{ "%s", m_%s },\n' $$b $$n; \
	done; \
	echo '};'; \
	echo 'const size_t n_migrations ='; \
	echo '    sizeof(migrations) / sizeof(migrations[0]);'; } > $@

# --- the two commands ---------------------------------------------------------
deps:
	@sh config/deploy/deps.sh build
deps-test:
	@sh config/deploy/deps.sh test

demo_vault = $(BUILD)/demo/vault
demo_config = config/societies/sri-lanka.cfg

run: deps
	@$(MAKE) --no-print-directory all
	@mkdir -p $(BUILD)/demo && chmod 700 $(BUILD)/demo
	@if [ ! -f $(demo_vault)/keyring ] || [ ! -s $(BUILD)/demo/sign-ins ]; then \
		rm -rf $(demo_vault); \
		$(BUILD)/amparo --config $(demo_config) demo $(demo_vault) \
		    > $(BUILD)/demo/sign-ins; fi
	@echo "Demo sign-ins (fictional people): login, passphrase, role"
	@cat $(BUILD)/demo/sign-ins
	@if [ -t 0 ] && [ ! -f $(demo_vault)/demo-people ]; then \
		printf 'Press Enter to open amparo. '; read _; fi
	@$(BUILD)/amparo --vault $(demo_vault)

test: deps-test
	@$(MAKE) --no-print-directory test-build
	@sh tests/run.sh $(BUILD)

test-build: $(BUILD)/locale/qps/LC_MESSAGES/amparo.mo $(BUILD)/san/amparo $(BUILD)/opt/amparo $(BUILD)/amparo \
	$(addprefix $(BUILD)/san/unit/,$(units)) \
	$(addprefix $(BUILD)/san/fault/,$(faults)) \
	$(addprefix $(BUILD)/san/screens/,$(walks))

# check-unit T=utf8 runs tests/unit/test_utf8.c alone.
check-unit: $(if $(T),$(BUILD)/san/unit/test_$(T),$(addprefix $(BUILD)/san/unit/,$(units)))
	@sh tests/run.sh $(BUILD) unit $(T)
check-fault: $(BUILD)/san/amparo $(BUILD)/opt/amparo \
		$(addprefix $(BUILD)/san/fault/,$(faults))
	@sh tests/run.sh $(BUILD) fault $(T)
check-screens: $(BUILD)/locale/qps/LC_MESSAGES/amparo.mo $(BUILD)/san/amparo \
		$(addprefix $(BUILD)/san/screens/,$(walks))
	@sh tests/run.sh $(BUILD) screens $(T)
check-day: deps-test
	@$(MAKE) --no-print-directory $(BUILD)/san/amparo $(BUILD)/san/screens/day
	@sh tests/run.sh $(BUILD) screens day

# --- looking after the house --------------------------------------------------
every_c = $(wildcard src/*.c src/*/*.c screens/*.c tests/*/*.c)
every_h = $(wildcard src/*/*.h screens/*.h tests/*/*.h)

lint:
	@CC="$(CC)" CFLAGS='$(WARN) $(DEFS) -Isrc -Iscreens -Itests' \
	    sh .ci/lint
analyze: $(BUILD)/gen/schema.c
	@CC="$(CC)" CLANG_TIDY="$(CLANG_TIDY)" BUILD="$(BUILD)" \
	    CFLAGS='$(filter-out -DAMPARO_%,$(cflags)) -Itests' sh .ci/analyze
fmt:
	$(CLANG_FORMAT) -i $(every_c) $(every_h)
# Versions of clang-format do not agree on every line: this one has the word.
fmt_version = 14
fmt-check:
	@found=$$($(CLANG_FORMAT) --version) && \
	found=$$(echo "$$found" | sed 's/.*version \([0-9]*\).*/\1/') && \
	if [ "$$found" = $(fmt_version) ]; then \
		$(CLANG_FORMAT) --dry-run -Werror $(every_c) $(every_h); \
	else \
		echo "fmt-check: left out: the code is formatted by clang-format" \
		    "$(fmt_version) (Debian 12), this is $$found"; \
	fi

bench: $(BUILD)/opt/amparo $(addprefix $(BUILD)/opt/bench/,$(benches))
	@sh tests/bench/run.sh $(BUILD)
fuzz:
	@BUILD="$(BUILD)" CFLAGS='$(filter-out -DAMPARO_%,$(cflags))' \
	    LIBS='$(libs)' sh tests/fuzz/run.sh

# --- installing ---------------------------------------------------------------
shared := $(shell cd config 2>/dev/null && find . -name '*.cfg')

# Where something is put.  What of it was not there before is listed in `made`
# and goes with uninstall; directories of others stay, also empty ones.
places := $(bindir) $(mandir)/man1 $(datadir)/amparo \
	$(addprefix $(datadir)/amparo/,$(sort $(dir $(shared)))) \
	$(languages:%=$(localedir)/%/LC_MESSAGES) \
	$(if $(c_messages),$(datadir)/amparo/locale/$(dir $(own_locale)))
made = $(DESTDIR)$(datadir)/amparo/made

install: $(BUILD)/amparo
	@new=$$(for d in $(places:%/=%); do \
		while [ "$$d" != / ] && [ ! -d "$(DESTDIR)$$d" ]; do \
			echo "$$d"; d=$$(dirname "$$d"); done; done | sort -u); \
	for d in $(places); do $(INSTALL) -d "$(DESTDIR)$$d" || exit 1; done; \
	[ -z "$$new" ] || echo "$$new" >> "$(made)"
	$(INSTALL) -m 755 $(BUILD)/amparo "$(DESTDIR)$(bindir)/amparo"
	$(INSTALL) -m 644 config/deploy/amparo.1 "$(DESTDIR)$(mandir)/man1/"
	for f in $(shared); do \
		$(INSTALL) -m 644 config/$$f "$(DESTDIR)$(datadir)/amparo/$$f" || exit 1; \
	done
	for l in $(languages); do \
		$(INSTALL) -m 644 $(BUILD)/locale/$$l/LC_MESSAGES/amparo.mo \
		    "$(DESTDIR)$(localedir)/$$l/LC_MESSAGES/amparo.mo" || exit 1; \
	done
	$(if $(c_messages),$(INSTALL) -m 644 $(BUILD)/locale/$(own_locale) \
	    "$(DESTDIR)$(datadir)/amparo/locale/$(own_locale)")

uninstall:
	rm -f "$(DESTDIR)$(bindir)/amparo" "$(DESTDIR)$(mandir)/man1/amparo.1"
	for f in $(shared) locale/$(own_locale); do \
		rm -f "$(DESTDIR)$(datadir)/amparo/$$f"; done
	for l in $(languages); do \
		rm -f "$(DESTDIR)$(localedir)/$$l/LC_MESSAGES/amparo.mo"; done
	@gone=$$(LC_ALL=C sort -ru "$(made)" 2>/dev/null); rm -f "$(made)"; \
	for d in $$gone; do rmdir "$(DESTDIR)$$d" 2>/dev/null || true; done

man: $(BUILD)/amparo
	$(BUILD)/amparo manual > config/deploy/amparo.1

clean:
	rm -rf $(BUILD)

help:
	@echo "make run       install what is missing, build, open a demo vault"
	@echo "make test      install what is missing, build with sanitizers, test"
	@echo "make           build $(BUILD)/amparo"
	@echo "make deps      install what is missing to build"
	@echo "make check-unit|check-fault|check-screens|check-day [T=name]"
	@echo "make lint      layers, headers, top level"
	@echo "make analyze   gcc -fanalyzer and clang-tidy"
	@echo "make fmt-check clang-format; make fmt applies it"
	@echo "make bench     speed, as ratios to the bare engine in the same run"
	@echo "make fuzz      libFuzzer on everything that parses"
	@echo "make pot po    texts to translate; bring new ones into config/locale/*.po"
	@echo "make man       config/deploy/amparo.1, from the program's own tables"
	@echo "make install uninstall   with prefix= and DESTDIR="
	@echo "make clean"
