/* SPDX-License-Identifier: ISC */
/* Folding for search. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "base/utf8_impl.h"

/* Letters that no decomposition unifies, and what they fold to. */
static const struct {
	uint32_t from;
	const char *to;
} letters[] = {
	/* Latin letters with a stroke or joined, as people type them. */
	{ 0x00e6, "ae" },
	{ 0x00f0, "d" },
	{ 0x00f8, "o" },
	{ 0x00fe, "th" },
	{ 0x0111, "d" },
	{ 0x0127, "h" },
	{ 0x0131, "i" },
	{ 0x0142, "l" },
	{ 0x014b, "ng" },
	{ 0x0153, "oe" },
	{ 0x0167, "t" },
	/* Arabic script: alef, ya, ta marbuta, heh and kaf in their variants;
	 * tatweel only stretches a word. */
	{ 0x0629, "\u0647" },
	{ 0x0640, "" },
	{ 0x0649, "\u064a" },
	{ 0x0671, "\u0627" },
	{ 0x06a9, "\u0643" },
	{ 0x06aa, "\u0643" },
	{ 0x06be, "\u0647" },
	{ 0x06c1, "\u0647" },
	{ 0x06c3, "\u0647" },
	{ 0x06cc, "\u064a" },
	{ 0x06cd, "\u064a" },
	{ 0x06d0, "\u064a" },
	{ 0x06d2, "\u064a" },
	{ 0x06d5, "\u0647" },
};

/* Where a script's own digits start; ten in a row. */
static const uint32_t zeros[] = { 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6,
	0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
	0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810 };

/* Marks written over letters of Latin, Greek, Cyrillic, Hebrew and Arabic
 * script (and the blocks that only hold such marks). */
static bool
folds_away(uint32_t cp)
{
	return (cp >= 0x0300 && cp <= 0x036f) ||
	       (cp >= 0x0483 && cp <= 0x0489) ||
	       (cp >= 0x0591 && cp <= 0x05c7) ||
	       (cp >= 0x0610 && cp <= 0x061a) ||
	       (cp >= 0x064b && cp <= 0x065f) || cp == 0x0670 ||
	       (cp >= 0x06d6 && cp <= 0x06ed) ||
	       (cp >= 0x0898 && cp <= 0x089f) ||
	       (cp >= 0x08ca && cp <= 0x08ff) ||
	       (cp >= 0x1ab0 && cp <= 0x1aff) ||
	       (cp >= 0x1dc0 && cp <= 0x1dff) ||
	       (cp >= 0x20d0 && cp <= 0x20ff) || (cp >= 0xfe20 && cp <= 0xfe2f);
}

static bool
is_mark(utf8proc_category_t c)
{
	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC ||
	       c == UTF8PROC_CATEGORY_ME;
}

static bool
is_letter(utf8proc_category_t c)
{
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

static bool
is_number(utf8proc_category_t c)
{
	return c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO;
}

static void
add_folded(struct buf *dst, uint32_t cp)
{
	char out[4];

	for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++) {
		if (cp >= zeros[i] && cp < zeros[i] + 10) {
			buf_add_char(dst, (char)('0' + (cp - zeros[i])));
			return;
		}
	}
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		if (letters[i].from == cp) {
			buf_add_str(dst, letters[i].to);
			return;
		}
	}
	buf_add(dst, out, utf8_encode(cp, out));
}

/* Decomposed and case folded; utf8proc refuses what is not valid, so every
 * bad byte is made U+FFFD first, which folds to a space. */
static void
decompose(struct buf *out, const char *src, size_t len)
{
	utf8proc_uint8_t *map = NULL;
	utf8proc_ssize_t n;
	struct buf valid;
	char enc[4];

	buf_init(&valid);
	while (len > 0) {
		uint32_t cp;
		size_t used = utf8_decode(src, len, &cp);

		buf_add(&valid, enc, utf8_encode(cp, enc));
		src += used;
		len -= used;
	}
	n = utf8proc_map((const utf8proc_uint8_t *)valid.data,
	    (utf8proc_ssize_t)valid.len, &map,
	    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
		UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
	if (n < 0)
		die("text of %zu bytes: %s", valid.len, utf8proc_errmsg(n));
	buf_add(out, map, (size_t)n);
	wipe(map, (size_t)n);
	free(map);
	buf_done(&valid);
}

void
utf8_fold(struct buf *dst, const char *src, size_t len)
{
	bool gap = false, any = false;
	struct buf b;
	size_t at = 0;

	buf_init(&b);
	decompose(&b, src, len);
	while (at < b.len) {
		utf8proc_category_t c;
		uint32_t cp;

		at += utf8_decode(b.data + at, b.len - at, &cp);
		if (folds_away(cp))
			continue;
		c = utf8proc_category((utf8proc_int32_t)cp);
		/* A mark with no letter before it holds no word. */
		if (!is_letter(c) && !is_number(c) &&
		    !(is_mark(c) && any && !gap)) {
			gap = true;
			continue;
		}
		if (gap && any)
			buf_add_char(dst, ' ');
		gap = false;
		any = true;
		add_folded(dst, cp);
	}
	buf_done(&b);
}

static const struct {
	uint32_t first, last;
	enum utf8_script script;
} scripts[] = {
	{ 0x0041, 0x024f, SCRIPT_LATIN },
	{ 0x0250, 0x02af, SCRIPT_LATIN },
	{ 0x0400, 0x052f, SCRIPT_CYRILLIC },
	{ 0x0600, 0x06ff, SCRIPT_ARABIC },
	{ 0x0750, 0x077f, SCRIPT_ARABIC },
	{ 0x0870, 0x08ff, SCRIPT_ARABIC },
	{ 0x0900, 0x097f, SCRIPT_DEVANAGARI },
	{ 0x0b80, 0x0bff, SCRIPT_TAMIL },
	{ 0x0d80, 0x0dff, SCRIPT_SINHALA },
	{ 0x1c80, 0x1c8f, SCRIPT_CYRILLIC },
	{ 0x1e00, 0x1eff, SCRIPT_LATIN },
	{ 0x2c60, 0x2c7f, SCRIPT_LATIN },
	{ 0x2de0, 0x2dff, SCRIPT_CYRILLIC },
	{ 0xa640, 0xa69f, SCRIPT_CYRILLIC },
	{ 0xa720, 0xa7ff, SCRIPT_LATIN },
	{ 0xa8e0, 0xa8ff, SCRIPT_DEVANAGARI },
	{ 0xfb00, 0xfb06, SCRIPT_LATIN },
	{ 0xfb50, 0xfdff, SCRIPT_ARABIC },
	{ 0xfe70, 0xfeff, SCRIPT_ARABIC },
	{ 0xff21, 0xff5a, SCRIPT_LATIN },
};

enum utf8_script
utf8_script(const char *s, size_t len)
{
	while (len > 0) {
		uint32_t cp;
		size_t n = utf8_decode(s, len, &cp);

		s += n;
		len -= n;
		if (!is_letter(utf8proc_category((utf8proc_int32_t)cp)))
			continue;
		for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]);
		     i++) {
			if (cp >= scripts[i].first && cp <= scripts[i].last)
				return scripts[i].script;
		}
		return SCRIPT_OTHER;
	}
	return SCRIPT_OTHER;
}

bool
utf8_same(const char *a, const char *b)
{
	struct buf fa, fb;
	bool same;

	buf_init(&fa);
	buf_init(&fb);
	utf8_fold(&fa, a, strlen(a));
	utf8_fold(&fb, b, strlen(b));
	same = fa.len > 0 && strcmp(fa.data, fb.data) == 0;
	buf_done(&fa);
	buf_done(&fb);
	return same;
}
