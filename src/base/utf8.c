/* SPDX-License-Identifier: ISC */
/*
 * Decoding, clusters and cells.  What may pass to the terminal is in
 * utf8_safe.c, folding in utf8_fold.c.
 */
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "base/utf8_impl.h"

/*
 * Length of the well-formed sequence at s, 0 if there is none: table 3-7 of
 * the Unicode standard (no overlong forms, surrogates or past U+10FFFF).
 */
static size_t
sequence(const unsigned char *s, size_t len)
{
	unsigned lo = 0x80, hi = 0xbf;
	size_t n;

	if (len == 0)
		return 0;
	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (n > len)
		return 0;
	switch (s[0]) {
	case 0xe0:
		lo = 0xa0;
		break;
	case 0xed:
		hi = 0x9f;
		break;
	case 0xf0:
		lo = 0x90;
		break;
	case 0xf4:
		hi = 0x8f;
		break;
	default:
		break;
	}
	if (s[1] < lo || s[1] > hi)
		return 0;
	for (size_t i = 2; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	}
	return n;
}

bool
utf8_valid(const char *s, size_t len)
{
	while (len > 0) {
		size_t n = sequence((const unsigned char *)s, len);

		if (n == 0)
			return false;
		s += n;
		len -= n;
	}
	return true;
}

size_t
utf8_decode(const char *s, size_t len, uint32_t *cp)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t n = sequence(u, len);

	switch (n) {
	case 1:
		*cp = u[0];
		return 1;
	case 2:
		*cp = (uint32_t)(u[0] & 0x1f) << 6 | (u[1] & 0x3f);
		return 2;
	case 3:
		*cp = (uint32_t)(u[0] & 0x0f) << 12 |
		      (uint32_t)(u[1] & 0x3f) << 6 | (u[2] & 0x3f);
		return 3;
	case 4:
		*cp = (uint32_t)(u[0] & 0x07) << 18 |
		      (uint32_t)(u[1] & 0x3f) << 12 |
		      (uint32_t)(u[2] & 0x3f) << 6 | (u[3] & 0x3f);
		return 4;
	default:
		*cp = UTF8_REPLACEMENT;
		return 1;
	}
}

size_t
utf8_encode(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

/*
 * Where utf8proc and the terminals differ.  Vowels and finals of Hangul join
 * the initial before them; the rest is East Asian wide to xterm, VTE, libvterm
 * and the C library.
 */
static const struct {
	uint32_t first, last;
	int width;
} exceptions[] = {
	{ 0x1160, 0x11ff, 0 },
	{ 0x302e, 0x302f, 2 },
	{ 0x3248, 0x324f, 2 },
	{ 0x4dc0, 0x4dff, 2 },
	{ 0xd7b0, 0xd7fb, 0 },
	{ 0x16ff0, 0x16ff1, 2 },
};

int
utf8_cp_width(uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7f)
		return 1;
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]);
	     i++) {
		if (cp >= exceptions[i].first && cp <= exceptions[i].last)
			return exceptions[i].width;
	}
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
		return 0;
	case UTF8PROC_CATEGORY_MC:
		/* Spacing marks take a cell of their own on every terminal
		 * seen; utf8proc says none. */
		return 1;
	default:
		return utf8proc_charwidth((utf8proc_int32_t)cp);
	}
}

size_t
utf8_grapheme(const char *s, size_t len)
{
	utf8proc_int32_t state = 0;
	uint32_t prev, cp;
	size_t at, n;
	int cells;

	if (len == 0)
		return 0;
	at = utf8_decode(s, len, &prev);
	cells = utf8_cp_width(prev);
	while (at < len) {
		unsigned char c = (unsigned char)s[at];

		/* Two ASCII characters: always a boundary but in CR LF. */
		if (prev < 0x80 && c < 0x80 && (prev != '\r' || c != '\n'))
			break;
		n = utf8_decode(s + at, len - at, &cp);
		if (utf8proc_grapheme_break_stateful(
			(utf8proc_int32_t)prev, (utf8proc_int32_t)cp, &state))
			break;
		cells += utf8_cp_width(cp);
		if (cells > 2)
			break;
		at += n;
		prev = cp;
	}
	return at;
}

/* Is there a boundary between a and b whatever comes before them? */
static bool
sure_boundary(uint32_t a, uint32_t b)
{
	if (a < 0x80 && b < 0x80)
		return a != '\r' || b != '\n';
	/* Flags pair up and joined pictures look further back. */
	if (b >= 0x1f1e6 && b <= 0x1f1ff)
		return false;
	if (a == UTF8_ZWJ)
		return false;
	return utf8proc_grapheme_break(
	    (utf8proc_int32_t)a, (utf8proc_int32_t)b);
}

static size_t
before(const char *s, size_t at)
{
	size_t back = 1;
	uint32_t cp;

	/* The longest sequence that ends exactly at at; else one bad byte. */
	for (size_t n = 4; n > 1; n--) {
		if (n <= at && utf8_decode(s + at - n, n, &cp) == n) {
			back = n;
			break;
		}
	}
	return at - back;
}

size_t
utf8_grapheme_before(const char *s, size_t len, size_t at)
{
	size_t p, q, n;
	uint32_t a, b;

	if (at > len)
		at = len;
	if (at == 0)
		return 0;
	for (p = before(s, at); p > 0; p = q) {
		q = before(s, p);
		(void)utf8_decode(s + q, p - q, &a);
		(void)utf8_decode(s + p, at - p, &b);
		if (sure_boundary(a, b))
			break;
	}
	/* Forward again from a sure place to the cluster that reaches at. */
	for (;;) {
		n = utf8_grapheme(s + p, len - p);
		if (p + n >= at)
			return p;
		p += n;
	}
}

int
utf8_grapheme_width(const char *s, size_t len)
{
	int cells = 0;

	while (len > 0) {
		uint32_t cp;
		size_t n = utf8_decode(s, len, &cp);

		cells += utf8_cp_width(cp);
		s += n;
		len -= n;
	}
	return cells > 2 ? 2 : cells;
}

int
utf8_width(const char *s, size_t len)
{
	int cells = 0;

	while (len > 0) {
		size_t n = utf8_grapheme(s, len);

		cells += utf8_grapheme_width(s, n);
		s += n;
		len -= n;
	}
	return cells;
}

size_t
utf8_fit(const char *s, size_t len, int cells, int *used)
{
	size_t at = 0;
	int sum = 0;

	while (at < len) {
		size_t n = utf8_grapheme(s + at, len - at);
		int w = utf8_grapheme_width(s + at, n);

		if (sum + w > cells)
			break;
		sum += w;
		at += n;
	}
	if (used != NULL)
		*used = sum;
	return at;
}
