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
 * and tag characters, line and paragraph separators, non-characters and
 * characters of unknown width become U+FFFD; at most four combining marks
 * stay on one base.  ZERO WIDTH JOINER and NON-JOINER stay only between
 * letters of scripts that need them to be read (Sinhala, Tamil and other
 * Indic scripts, Arabic script).  keep_lines lets "\n" through and expands
 * tabs to spaces.  Source: security.md 5.4.
 */
void utf8_safe(struct buf *dst, const char *src, size_t len, bool keep_lines);

/*
 * The same decision for text on its way in: a copy in NFC without what
 * utf8_safe() would replace (removed, not replaced); *removed, if not NULL,
 * gets the number of characters left out.  CR LF and CR become "\n".
 */
void utf8_clean(struct buf *dst, const char *src, size_t len, bool keep_lines,
    size_t *removed);

/* Decode one code point; returns its length in bytes (>= 1); an invalid byte
 * is one byte and U+FFFD. */
size_t utf8_decode(const char *, size_t len, uint32_t *cp);
/* Encode; returns 1..4; out has room for 4. */
size_t utf8_encode(uint32_t cp, char *out);

/* Byte length of the grapheme cluster at s (0 only when len is 0). */
size_t utf8_grapheme(const char *s, size_t len);
/* Start of the cluster that ends at byte offset at (0 < at <= len). */
size_t utf8_grapheme_before(const char *s, size_t len, size_t at);
/* Cells of one cluster (0, 1 or 2) and of a whole string without "\n". */
int utf8_grapheme_width(const char *s, size_t len);
int utf8_width(const char *s, size_t len);
/* Bytes of the longest prefix that fits in cells, never splitting a cluster;
 * *used, if not NULL, gets its width. */
size_t utf8_fit(const char *s, size_t len, int cells, int *used);

/*
 * Folding for search: NFKD, case folded, marks of Latin, Greek, Cyrillic and
 * Arabic script removed (the vowel signs of Indic scripts are letters and
 * stay), Arabic alef/ya/ta-marbuta/kaf variants and tatweel unified, runs of
 * everything that is not a letter or digit turned into one space, trimmed.
 */
void utf8_fold(struct buf *dst, const char *src, size_t len);

enum script {
	SCRIPT_OTHER,
	SCRIPT_LATIN,
	SCRIPT_ARABIC,
	SCRIPT_SINHALA,
	SCRIPT_TAMIL,
	SCRIPT_CYRILLIC,
	SCRIPT_DEVANAGARI
};
/* The script of the first letter. */
enum script utf8_script(const char *, size_t len);

#endif
