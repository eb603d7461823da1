/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/datefield.h"

#define DATE_BYTES 40
#define DATE_CELLS 16 /* typing; what it means stands beside it */

void
datefield_init(struct datefield *d, int64_t today)
{
	edit_init(&d->edit, 0, DATE_BYTES);
	d->today = today;
}

void
datefield_done(struct datefield *d)
{
	edit_done(&d->edit);
}

void
datefield_set(struct datefield *d, const char *value)
{
	/* Longer than any date: kept words of an older table. */
	if (edit_set(&d->edit, value, NULL) != 0)
		edit_clear(&d->edit);
}

static bool
nothing(const char *s)
{
	return strspn(s, " ") == strlen(s);
}

int
datefield_value(const struct datefield *d, struct buf *out, struct err *e)
{
	const char *s = edit_text(&d->edit);
	struct fdate date;
	char iso[16];

	if (nothing(s))
		return 0;
	if (date_parse(s, d->today, &date, e) != 0) {
		buf_add_str(out, s);
		return -1;
	}
	buf_add_str(out, date.precision == DATE_UNKNOWN
			     ? "?"
			     : date_iso(&date, iso, sizeof(iso)));
	return 0;
}

static enum edit_result
shift(struct datefield *d, int by)
{
	struct fdate date;
	struct civil c;
	int64_t first, last;
	char iso[16];

	if (date_parse(edit_text(&d->edit), d->today, &date, NULL) != 0 ||
	    date.precision != DATE_DAY || date_range(&date, &first, &last) != 0)
		return EDIT_PASS;
	clock_from_days(first + by, &c);
	(void)snprintf(
	    iso, sizeof(iso), "%04d-%02d-%02d", c.year, c.month, c.day);
	/* Past the years a date can have, nothing moves. */
	if (date_from_iso(iso, &date) != 0)
		return EDIT_MOVED;
	return edit_set(&d->edit, iso, NULL) == 0 ? EDIT_CHANGED : EDIT_MOVED;
}

enum edit_result
datefield_key(struct datefield *d, const struct key *k, struct err *e)
{
	if (k->code == K_UP || k->code == K_DOWN)
		return shift(d, k->code == K_UP ? 1 : -1);
	return edit_key(&d->edit, k, e);
}

static void
show_date(const struct fdate *date, struct buf *out)
{
	static const char *const days[] = { N_("Sun"), N_("Mon"), N_("Tue"),
		N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat") };
	int64_t first, last;
	struct civil c;
	char text[64];

	buf_add_str(out, date_show(date, text, sizeof(text)));
	if (date->precision != DATE_DAY || date_range(date, &first, &last) != 0)
		return;
	clock_from_days(first, &c);
	buf_addf(out, " (%s)", _(days[c.weekday]));
}

void
datefield_show(const char *value, struct buf *out)
{
	struct fdate date;

	if (*value == '\0')
		return;
	if (strcmp(value, "?") == 0)
		buf_add_str(out, _("not known"));
	else if (date_from_iso(value, &date) == 0)
		show_date(&date, out);
	else
		buf_add_str(out, value);
}

void
datefield_draw(struct datefield *d, struct canvas *c, bool focus)
{
	int cells = c->cols < DATE_CELLS ? c->cols : DATE_CELLS;
	struct canvas v = canvas_view(c, 0, 0, 1, cells);
	const char *s = edit_text(&d->edit);
	struct date_examples as;
	struct fdate date;
	struct buf b;

	buf_init(&b);
	edit_draw(&d->edit, &v, EL_FIELD, focus);
	if (nothing(s)) {
		if (focus) {
			date_examples(d->today, &as);
			buf_addf(&b, _("today, monday, %s, %s, -3, ?"), as.day,
			    as.month);
		}
		(void)canvas_text(c, 0, cells + 1, -1, EL_DIM, b.data);
	} else if (date_parse(s, d->today, &date, NULL) == 0) {
		show_date(&date, &b);
		(void)canvas_text(c, 0, cells + 1, -1, EL_VALUE, b.data);
	} else
		(void)canvas_text(
		    c, 0, cells + 1, -1, EL_DIM, _("no date yet"));
	buf_done(&b);
}
