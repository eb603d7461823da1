/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/hint.h"

#define GAP 2
#define MOST 64

static int
width(const struct hint *h)
{
	const char *label = _(h->label);

	return utf8_width(h->key, strlen(h->key)) + 1 +
	       utf8_width(label, strlen(label));
}

/* The hint to drop next: lowest priority, of equals the later one. */
static size_t
weakest(const struct hint *hints, const bool *drop, size_t n)
{
	size_t worst = n;

	for (size_t i = 0; i < n; i++) {
		if (!drop[i] &&
		    (worst == n || hints[i].priority <= hints[worst].priority))
			worst = i;
	}
	return worst;
}

static int
draw_one(struct canvas *c, int row, int col, const struct hint *h)
{
	int n = canvas_text(c, row, col, -1, EL_KEY, h->key) + 1;

	return n + canvas_text(c, row, col + n, -1, EL_HINT, _(h->label));
}

size_t
hint_draw(struct canvas *c, int row, const struct hint *hints, size_t n)
{
	bool drop[MOST] = { false };
	int total = 1 - GAP, col = 1;
	size_t drawn = 0;

	if (n > MOST)
		n = MOST;
	for (size_t i = 0; i < n; i++)
		total += width(&hints[i]) + GAP;
	for (drawn = n; drawn > 0 && total > c->cols; drawn--) {
		size_t worst = weakest(hints, drop, n);

		drop[worst] = true;
		total -= width(&hints[worst]) + GAP;
	}
	for (size_t i = 0; i < n; i++) {
		int at = col;

		if (drop[i])
			continue;
		if (hints[i].priority >= HINT_LAST &&
		    c->cols - width(&hints[i]) > col)
			at = c->cols - width(&hints[i]) - 1;
		if (at < col)
			at = col;
		at += draw_one(c, row, at, &hints[i]) + GAP;
		if (hints[i].priority < HINT_LAST)
			col = at;
	}
	return drawn;
}
