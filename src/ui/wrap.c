/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/utf8.h"
#include "ui/wrap.h"

size_t
wrap_grapheme(const char *s, size_t len, int *width)
{
	size_t n;

	if (len == 0) {
		*width = 0;
		return 0;
	}
	/* Two ASCII characters never join: most text needs no table. */
	if ((unsigned char)s[0] < 0x80 && s[0] >= ' ' &&
	    (len == 1 || (unsigned char)s[1] < 0x80)) {
		*width = s[0] == 0x7f ? 0 : 1;
		return 1;
	}
	if (s[0] == '\n') {
		*width = 0;
		return 1;
	}
	n = utf8_grapheme(s, len);
	*width = utf8_grapheme_width(s, n);
	return n;
}

struct wrap_line
wrap_next(const char *s, size_t len, int cols)
{
	struct wrap_line w = { .hard = true };
	size_t at = 0, fit = 0, after_space = 0;
	int used = 0;

	if (cols < 1)
		cols = 1;
	while (at < len && s[at] != '\n') {
		int width;
		size_t n = wrap_grapheme(s + at, len - at, &width);

		if (s[at] == ' ') {
			/* Spaces at the edge hang over. */
			at += n;
			used += width;
			after_space = at;
			continue;
		}
		if (used + width > cols && at > 0) {
			fit = after_space > 0 ? after_space : at;
			w.len = w.next = fit;
			w.hard = false;
			return w;
		}
		used += width;
		at += n;
	}
	w.len = at;
	w.next = at < len ? at + 1 : at;
	return w;
}

size_t
wrap_count(const char *s, size_t len, int cols)
{
	size_t lines = 1, at = 0;

	while (at < len) {
		struct wrap_line w = wrap_next(s + at, len - at, cols);

		at += w.next;
		if (at < len || s[at - 1] == '\n')
			lines++;
	}
	return lines;
}
