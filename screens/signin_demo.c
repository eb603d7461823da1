/* SPDX-License-Identifier: ISC */
#include "signin_demo.h"

#include <string.h>

#include "base/i18n.h"

#define WIDE 62 /* all three on one row */

static int
draw_one(struct canvas *c, int row, const char *line, size_t n)
{
	size_t login = strcspn(line, "\t\n"), pass, role;
	const char *p = line + login + (login < n);
	const char *r;
	int col;

	pass = strcspn(p, "\t\n");
	r = p + pass + (p[pass] == '\t');
	role = strcspn(r, "\n");
	if (c->cols >= WIDE) {
		(void)canvas_textn(c, row, 0, 8, EL_VALUE, line, login);
		(void)canvas_textn(c, row, 9, 38, EL_VALUE, p, pass);
		(void)canvas_textn(c, row, 48, -1, EL_DIM, r, role);
		return 1;
	}
	col = canvas_textn(c, row, 0, 16, EL_VALUE, line, login);
	(void)canvas_textn(c, row, col + 1, -1, EL_DIM, r, role);
	(void)canvas_textn(c, row + 1, 2, -1, EL_VALUE, p, pass);
	return 2;
}

void
signin_demo_draw(struct canvas *c, int row, const struct buf *lines)
{
	int each = c->cols >= WIDE ? 1 : 2;
	const char *p = lines->data;

	if (lines->len == 0)
		return;
	if (row + 1 + each <= c->rows)
		(void)canvas_text(c, row++, 0, -1, EL_LABEL,
		    _("Demo: fictional people to sign in as"));
	while (*p != '\0' && row + each <= c->rows) {
		size_t n = strcspn(p, "\n");

		row += draw_one(c, row, p, n);
		p += n + (p[n] == '\n');
	}
}
