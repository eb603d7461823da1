/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer on short things people type: dates, case codes, telephone
 * numbers; and on the hex and ISO forms that come back from the database.
 * What is read is shown, written and read again as the same.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/id.h"
#include "base/utf8.h"
#include "rules/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_fdate(const struct fdate *d, int64_t today)
{
	struct fdate again;
	char iso[12], shown[64];
	int64_t first, last;
	int least, most;

	(void)date_iso(d, iso, sizeof(iso));
	if (date_from_iso(iso, &again) == -1 || again.year != d->year ||
	    again.month != d->month || again.day != d->day ||
	    again.precision != d->precision)
		die("%s is another date when it is read", iso);
	(void)date_show(d, shown, sizeof(shown));
	if (!utf8_valid(shown, strlen(shown)))
		die("a date that cannot be shown");
	if (date_range(d, &first, &last) == 0 && first > last)
		die("%s ends before it begins", iso);
	if (date_age(d, today, &least, &most) == 0 &&
	    (least < 0 || least > most))
		die("born on %s, aged %d to %d", iso, least, most);
}

static void
check_date(const char *s, int64_t today)
{
	struct fdate d;
	struct err e = { .kind = ERR_NONE };

	if (date_parse(s, today, &d, &e) == 0) {
		if (d.precision != DATE_UNKNOWN &&
		    (d.year < 1900 || d.year > 2199))
			die("a year of %d", d.year);
		check_fdate(&d, today);
	} else if (e.kind != ERR_INPUT || e.text[0] == '\0') {
		die("refused in a wrong way");
	}
	if (date_from_iso(s, &d) == 0)
		check_fdate(&d, today);
}

static void
check_code(const char *s)
{
	char code[CODE_SIZE], again[CODE_SIZE], hex[33];
	struct uid u, v;

	if (code_parse(s, code) == 0 &&
	    (code_parse(code, again) == -1 || strcmp(code, again) != 0))
		die("%s is not canonical", code);
	if (uid_from_hex(s, &u) == 0) {
		uid_hex(&u, hex);
		if (uid_from_hex(hex, &v) == -1 || !uid_eq(&u, &v))
			die("%s is another uid when it is read", hex);
	}
}

static void
check_phone(const char *s)
{
	char key[MATCH_KEY_SIZE], again[MATCH_KEY_SIZE];

	if (!match_phone(s, key))
		return;
	if (strlen(key) < 6 || strlen(key) > 9 || !match_phone(key, again) ||
	    strcmp(key, again) != 0)
		die("%s is no key of a number", key);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	int64_t today = 20000;
	char s[256];

	if (len > 2)
		today = clock_days(1990 + data[0] % 100, 1, 1) + data[1];
	if (len >= sizeof(s))
		len = sizeof(s) - 1;
	memcpy(s, data, len);
	s[len] = '\0';
	check_date(s, today);
	check_code(s);
	check_phone(s);
	return 0;
}
