/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/utf8.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define MAX_WORDS 5 /* "23 de noviembre de 2026" */
#define WORD_SIZE 40
#define MAX_OFFSET 36500 /* days, a hundred years */

static const char *const months[] = { N_("January"), N_("February"),
	N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
	N_("August"), N_("September"), N_("October"), N_("November"),
	N_("December") };
static const char *const short_months[] = { N_("Jan"), N_("Feb"), N_("Mar"),
	N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"),
	N_("Oct"), N_("Nov"), N_("Dec") };
static const char *const days[] = { N_("sunday"), N_("monday"), N_("tuesday"),
	N_("wednesday"), N_("thursday"), N_("friday"), N_("saturday") };

/* The words of a date, folded, and how they were held together. */
struct words {
	char word[MAX_WORDS][WORD_SIZE];
	char whole[MAX_WORDS * WORD_SIZE]; /* all of them, a space between */
	int n;
	char sep; /* of the first two: '-', '.', '/' or ' ' */
	char sign; /* '+' or '-' in front, or '\0' */
};

static int
days_in(int year, int month)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return length[month - 1] + (month == 2 && leap);
}

static int
not_a_date(int64_t today, struct err *e)
{
	struct date_examples as;

	date_examples(today, &as);
	return err_set(e, ERR_INPUT,
	    _("This is not a date. Write %s, %s, %s, %d, today, +3 or monday, "
	      "or leave it empty if not known."),
	    as.day, as.iso, as.month, as.year);
}

static int
make(int year, int month, int day, struct fdate *out, struct err *e)
{
	if (year < FIRST_YEAR || year > LAST_YEAR)
		return err_set(e, ERR_INPUT,
		    _("The year must be written with four digits, from %d to "
		      "%d."),
		    FIRST_YEAR, LAST_YEAR);
	if (month < 0 || month > 12 ||
	    (month > 0 && day > days_in(year, month)) || day < 0)
		return err_set(e, ERR_INPUT,
		    _("There is no such day in the calendar. Check the day "
		      "and the month, or give only what is known."));
	*out = (struct fdate){ .year = (int16_t)year,
		.month = (int8_t)month,
		.day = (int8_t)day,
		.precision = day > 0	 ? DATE_DAY
			     : month > 0 ? DATE_MONTH
					 : DATE_YEAR };
	return 0;
}

struct fdate
date_of_day(int64_t day)
{
	struct civil c;

	clock_from_days(day, &c);
	return (struct fdate){ .year = (int16_t)c.year,
		.month = (int8_t)c.month,
		.day = (int8_t)c.day,
		.precision = DATE_DAY };
}

static int
from_day(int64_t day, struct fdate *out, struct err *e)
{
	struct civil c;

	clock_from_days(day, &c);
	return make(c.year, c.month, c.day, out, e);
}

/* The first n bytes of s as a number; -1 when they are not digits. */
static int
digits(const char *s, size_t n)
{
	int value = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		value = value * 10 + (s[i] - '0');
	}
	return value;
}

/* A word of one to five digits; -1 otherwise. */
static int
number(const char *s)
{
	size_t n = strlen(s);

	return n == 0 || n > 5 ? -1 : digits(s, n);
}

static bool
same_word(const char *folded, const char *name)
{
	struct buf b;
	bool same;

	buf_init(&b);
	utf8_fold(&b, name, strlen(name));
	same = b.len > 0 && strcmp(b.data, folded) == 0;
	buf_done(&b);
	return same;
}

static bool
means(const char *folded, const char *english)
{
	return same_word(folded, english) || same_word(folded, _(english));
}

/* 1..12 for the name of a month, in English or the interface's language. */
static int
month_named(const char *folded)
{
	for (int i = 0; i < 12; i++) {
		if (means(folded, months[i]) || means(folded, short_months[i]))
			return i + 1;
	}
	return same_word(folded, "sept") ? 9 : 0;
}

static int
split(const char *s, struct words *w)
{
	struct buf b;
	const char *p;
	size_t n;

	memset(w, 0, sizeof(*w));
	while (*s == ' ')
		s++;
	if (*s == '+' || *s == '-')
		w->sign = *s;
	p = strpbrk(s + (w->sign != '\0'), "-./ ");
	w->sep = p == NULL ? ' ' : *p;
	buf_init(&b);
	utf8_fold(&b, s, strlen(s));
	for (p = b.data; *p != '\0'; p += n + (p[n] == ' ')) {
		n = strcspn(p, " ");
		if (w->n == MAX_WORDS || n >= WORD_SIZE) {
			buf_done(&b);
			return -1;
		}
		memcpy(w->word[w->n], p, n);
		w->word[w->n++][n] = '\0';
	}
	(void)snprintf(w->whole, sizeof(w->whole), "%s", b.data);
	buf_done(&b);
	return 0;
}

static bool
says_unknown(const struct words *w)
{
	return w->sign == '\0' && (means(w->whole, N_("unknown")) ||
				      means(w->whole, N_("not known")));
}

/*
 * Take out the small word some languages put before and after the name of a
 * month ("23 of November 2026"); anywhere else it stays, and is no date.
 */
static void
drop_links(struct words *w)
{
	struct words all = *w;

	w->n = 0;
	for (int i = 0; i < all.n; i++) {
		bool beside = i > 0 && i + 1 < all.n &&
			      (month_named(all.word[i - 1]) > 0 ||
				  month_named(all.word[i + 1]) > 0);

		if (beside &&
		    (means(all.word[i], N_("of")) ||
			/* a second such word, like "del" in Spanish */
			same_word(all.word[i], _("of the"))))
			continue;
		memcpy(w->word[w->n++], all.word[i], WORD_SIZE);
	}
}

static int
one_word(const struct words *w, int64_t today, struct fdate *out, struct err *e)
{
	const char *s = w->word[0];
	int n = number(s);

	if (w->sign != '\0' && n >= 0) {
		if (n > MAX_OFFSET)
			return not_a_date(today, e);
		return from_day(today + (w->sign == '+' ? n : -n), out, e);
	}
	if (n >= 0)
		return make(n, 0, 0, out, e);
	if (means(s, N_("today")))
		return from_day(today, out, e);
	if (means(s, N_("yesterday")))
		return from_day(today - 1, out, e);
	if (means(s, N_("tomorrow")))
		return from_day(today + 1, out, e);
	for (int i = 0; i < 7; i++) {
		struct civil c;

		if (!means(s, days[i]))
			continue;
		clock_from_days(today, &c);
		/* The next one: on a Monday, "monday" is a week away. */
		return from_day(today + 1 + (i - c.weekday + 6) % 7, out, e);
	}
	return not_a_date(today, e);
}

int
date_parse(const char *s, int64_t today, struct fdate *out, struct err *e)
{
	struct words w;
	int a, b, c, month;

	*out = (struct fdate){ .precision = DATE_UNKNOWN };
	if (split(s, &w) != 0)
		return not_a_date(today, e);
	if (w.n == 0)
		return strspn(s, " ?") == strlen(s) ? 0 : not_a_date(today, e);
	if (says_unknown(&w))
		return 0;
	if (w.n == 1)
		return one_word(&w, today, out, e);
	drop_links(&w);
	if (w.sign != '\0' || w.n > 3)
		return not_a_date(today, e);
	a = number(w.word[0]);
	b = number(w.word[1]);
	if (w.n == 2) {
		month = month_named(w.word[0]);
		if (month > 0 && b >= 0)
			return make(b, month, 0, out, e);
		if (a >= FIRST_YEAR && b > 0 && w.sep == '-')
			return make(a, b, 0, out, e);
		if (a > 0 && b >= FIRST_YEAR && w.sep != '-')
			return make(b, a, 0, out, e);
		return not_a_date(today, e);
	}
	c = number(w.word[2]);
	month = month_named(w.word[1]);
	if (month > 0 && a > 0 && c >= 0)
		return make(c, month, a, out, e);
	if (a >= FIRST_YEAR && b > 0 && c > 0 && w.sep == '-')
		return make(a, b, c, out, e);
	if (a > 0 && b > 0 && c >= 0 && (w.sep == '.' || w.sep == '/'))
		return make(c, b, a, out, e);
	return not_a_date(today, e);
}

char *
date_iso(const struct fdate *d, char *out, size_t size)
{
	switch (d->precision) {
	case DATE_DAY:
		(void)snprintf(
		    out, size, "%04d-%02d-%02d", d->year, d->month, d->day);
		break;
	case DATE_MONTH:
		(void)snprintf(out, size, "%04d-%02d", d->year, d->month);
		break;
	case DATE_YEAR:
		(void)snprintf(out, size, "%04d", d->year);
		break;
	default:
		(void)snprintf(out, size, "%s", "");
	}
	return out;
}

char *
date_show(const struct fdate *d, char *out, size_t size)
{
	const char *month = "";
	size_t len;

	if (d->month >= 1 && d->month <= 12)
		month = _(short_months[d->month - 1]);
	switch (d->precision) {
	case DATE_DAY:
		(void)snprintf(out, size, "%d %s %d", d->day, month, d->year);
		break;
	case DATE_MONTH:
		(void)snprintf(out, size, "%s %d", month, d->year);
		break;
	case DATE_YEAR:
		(void)snprintf(out, size, "%d", d->year);
		break;
	default:
		(void)snprintf(out, size, "%s", _("not known"));
	}
	/* A long translation may have been cut inside a character. */
	for (len = strlen(out); len > 0 && !utf8_valid(out, len);)
		out[--len] = '\0';
	return out;
}

void
date_examples(int64_t today, struct date_examples *as)
{
	struct fdate d = date_of_day(today);

	as->year = d.year;
	(void)date_show(&d, as->day, sizeof(as->day));
	(void)date_iso(&d, as->iso, sizeof(as->iso));
	d.day = 0;
	d.precision = DATE_MONTH;
	(void)date_show(&d, as->month, sizeof(as->month));
}

int
date_from_iso(const char *s, struct fdate *out)
{
	static const char shape[] = "dddd-dd-dd";
	size_t n = strlen(s);
	int month, day;

	*out = (struct fdate){ .precision = DATE_UNKNOWN };
	if (n == 0)
		return 0;
	if (n != 4 && n != 7 && n != 10)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (shape[i] == 'd' ? !isdigit((unsigned char)s[i])
				    : s[i] != '-')
			return -1;
	}
	month = n >= 7 ? digits(s + 5, 2) : 0;
	day = n == 10 ? digits(s + 8, 2) : 0;
	if ((n >= 7 && month == 0) || (n == 10 && day == 0))
		return -1;
	return make(digits(s, 4), month, day, out, NULL);
}

int
date_range(const struct fdate *d, int64_t *first, int64_t *last)
{
	switch (d->precision) {
	case DATE_DAY:
		*first = *last = clock_days(d->year, d->month, d->day);
		return 0;
	case DATE_MONTH:
		*first = clock_days(d->year, d->month, 1);
		*last = *first + days_in(d->year, d->month) - 1;
		return 0;
	case DATE_YEAR:
		*first = clock_days(d->year, 1, 1);
		*last = clock_days(d->year, 12, 31);
		return 0;
	default:
		return -1;
	}
}

/* Whole years between two days, the first not after the second. */
static int
whole_years(int64_t from, int64_t to)
{
	struct civil a, b;
	int years;

	clock_from_days(from, &a);
	clock_from_days(to, &b);
	years = b.year - a.year;
	/* 29 February comes after 28 February: 1 March in other years. */
	if (b.month < a.month || (b.month == a.month && b.day < a.day))
		years--;
	return years < 0 ? 0 : years;
}

int
date_age(const struct fdate *birth, int64_t day, int *least, int *most)
{
	int64_t first, last;

	if (date_range(birth, &first, &last) != 0 || first > day)
		return -1;
	if (last > day)
		last = day;
	*least = whole_years(last, day);
	*most = whole_years(first, day);
	return 0;
}

/* --- the time of a day ----------------------------------------------------- */

#define DIGITS "0123456789"

int
date_minutes(const char *s)
{
	size_t n = strspn(s, DIGITS);
	const char *rest = s + n;
	int h, m;

	if (n == 4) {
		n = 2;
		rest = s + 2;
	} else if ((n == 1 || n == 2) && *rest != '\0' &&
		   strchr(":.h", *rest) != NULL) {
		rest++;
	} else {
		return -1;
	}
	if (strspn(rest, DIGITS) != 2 || rest[2] != '\0')
		return -1;
	h = digits(s, n);
	m = digits(rest, 2);
	return h > 23 || m > 59 ? -1 : h * 60 + m;
}
