/* SPDX-License-Identifier: ISC */
/*
 * Text as people write it: UTF-8, grapheme clusters, terminal cells, folding.
 * The only user of utf8proc.
 */
#ifndef AMPARO_BASE_UTF8_H
#define AMPARO_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Strict UTF-8 (no surrogates, no overlong forms, nothing past U+10FFFF). */
bool utf8_valid(const char *, size_t len);

/*
 * The one gate for text on its way to the terminal: append src to dst so that
 * no byte of it can steer a terminal.  Invalid bytes, C0, DEL, C1, explicit
 * bidi controls (U+061C, U+200E-200F, U+202A-202E, U+2066-2069), zero-width
 * and tag characters, line and paragraph separators, private use and
 * unassigned characters (whose width nobody knows) become U+FFFD, and so does
 * a combining mark with nothing before it, which would join what was on the
 * screen already.  At most four marks stay on one base; more are left out, as
 * are variation selectors.  ZERO WIDTH JOINER and NON-JOINER stay only
 * between letters of scripts that need them to be read (Sinhala, Tamil and
 * other Indic scripts, Arabic script); after a picture they are left out, so
 * joined emoji show as separate ones.  keep_lines lets "\n" through and
 * expands tabs to spaces (stops of eight).  Reasons: Unicode technical report
 * 36 (invisible and reordering characters), ECMA-48 (what a terminal obeys).
 */
void utf8_safe(struct buf *dst, const char *src, size_t len, bool keep_lines);

/*
 * The same decision for text on its way in: a copy in NFC without what
 * utf8_safe() would replace or leave out; *removed, if not NULL, gets the
 * number of characters left out, without those that nobody can miss (variation
 * selectors, what joins pictures).  CR LF and CR become "\n"; without
 * keep_lines a line end or a tab becomes one space.  A mark or joiner at the
 * very start, and a joiner at the very end, are kept: typed one key at a time
 * they may belong to the letters beside them.  So clean the whole field when
 * it is saved.
 */
void utf8_clean(struct buf *dst, const char *src, size_t len, bool keep_lines,
    size_t *removed);

/* Decode one code point; returns its length in bytes (>= 1); an invalid byte
 * is one byte and U+FFFD. */
size_t utf8_decode(const char *, size_t len, uint32_t *cp);
/* Encode; returns 1..4; out has room for 4. */
size_t utf8_encode(uint32_t cp, char *out);

/* Byte length of the grapheme cluster at s (0 only when len is 0): Unicode
 * standard annex 29, extended clusters, but never wider than two cells: what
 * would be (joined emoji, a base with two spacing marks) is split, as
 * terminals show it. */
size_t utf8_grapheme(const char *s, size_t len);
/* Start of the cluster that ends at byte offset at (0 < at <= len). */
size_t utf8_grapheme_before(const char *s, size_t len, size_t at);
/* Cells of one cluster (0, 1 or 2) and of a whole string without "\n".
 * Spacing marks take a cell of their own, as on every terminal seen. */
int utf8_grapheme_width(const char *s, size_t len);
int utf8_width(const char *s, size_t len);
/* Bytes of the longest prefix that fits in cells, never splitting a cluster;
 * *used, if not NULL, gets its width. */
size_t utf8_fit(const char *s, size_t len, int cells, int *used);

/*
 * Folding for search: NFKD, case folded, marks of Latin, Greek, Cyrillic and
 * Arabic script removed (the vowel signs of Indic scripts are letters and
 * stay), Arabic alef/ya/heh/ta-marbuta/kaf variants unified and tatweel
 * removed, Latin letters with a stroke written plainly, digits of any script
 * as 0-9, runs of everything that is not a letter or digit turned into one
 * space, trimmed.
 */
void utf8_fold(struct buf *dst, const char *src, size_t len);
/* Do both fold to the same words, and to any at all? */
bool utf8_same(const char *, const char *);

enum utf8_script {
	SCRIPT_OTHER,
	SCRIPT_LATIN,
	SCRIPT_ARABIC,
	SCRIPT_SINHALA,
	SCRIPT_TAMIL,
	SCRIPT_CYRILLIC,
	SCRIPT_DEVANAGARI
};
/* The script of the first letter. */
enum utf8_script utf8_script(const char *, size_t len);

#endif
