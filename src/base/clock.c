/* SPDX-License-Identifier: ISC */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"

static const char *const months[] = { N_("Jan"), N_("Feb"), N_("Mar"),
	N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"),
	N_("Oct"), N_("Nov"), N_("Dec") };
static const char *const weekdays[] = { N_("Sun"), N_("Mon"), N_("Tue"),
	N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat") };

static int64_t
read_clock(clockid_t id)
{
	struct timespec ts;

	if (clock_gettime(id, &ts) != 0)
		die("the machine's clock cannot be read");
	return (int64_t)ts.tv_sec * CLOCK_SECOND + ts.tv_nsec / 1000000;
}

#ifdef AMPARO_TEST
/* How far the clock of this test run is from the machine's: from the moment
 * AMPARO_NOW says something new. */
static int64_t
test_offset(void)
{
	static int64_t said, offset;
	const char *s = getenv("AMPARO_NOW");
	int64_t now = s == NULL ? 0 : (int64_t)strtoll(s, NULL, 10);

	if (now != said) {
		offset = now == 0 ? 0 : now - read_clock(CLOCK_REALTIME);
		said = now;
	}
	return offset;
}
#endif

int64_t
clock_now(void)
{
	int64_t offset = 0;

#ifdef AMPARO_TEST
	/* Before the clock is read: it goes on while this is found. */
	offset = test_offset();
#endif
	return read_clock(CLOCK_REALTIME) + offset;
}

int64_t
clock_boot(void)
{
	return read_clock(CLOCK_BOOTTIME);
}

static bool
zone_exists(const char *name)
{
	char path[256];
	struct stat st;
	int n;

	if (strcmp(name, "UTC") == 0)
		return true;
	if (name[0] == '\0' || name[0] == '/' || name[0] == ':' ||
	    strstr(name, "..") != NULL)
		return false;
	n = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	return n > 0 && (size_t)n < sizeof(path) && stat(path, &st) == 0 &&
	       S_ISREG(st.st_mode);
}

int
clock_zone(const char *name)
{
	bool known = zone_exists(name);

	/* A zone the C library does not know is read as UTC without a word. */
	if (setenv("TZ", known ? name : "UTC", 1) != 0)
		die("out of memory");
	tzset();
	return known ? 0 : -1;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

void
clock_civil(int64_t ms, struct civil *c)
{
	time_t t = (time_t)floor_div(ms, CLOCK_SECOND);
	struct tm tm;

	if (localtime_r(&t, &tm) == NULL)
		die("a time outside of every calendar");
	*c = (struct civil){ .year = tm.tm_year + 1900,
		.month = tm.tm_mon + 1,
		.day = tm.tm_mday,
		.hour = tm.tm_hour,
		.minute = tm.tm_min,
		.second = tm.tm_sec,
		.weekday = tm.tm_wday };
}

int64_t
clock_ms(const struct civil *c)
{
	struct tm tm = { .tm_year = c->year - 1900,
		.tm_mon = c->month - 1,
		.tm_mday = c->day,
		.tm_hour = c->hour,
		.tm_min = c->minute,
		.tm_sec = c->second,
		.tm_isdst = -1 };

	return (int64_t)mktime(&tm) * CLOCK_SECOND;
}

/*
 * The year is counted from 1 March, so that the leap day is its last, and in
 * eras of 400 years (146,097 days); 719,468 days lie between 0000-03-01 and
 * 1970-01-01.
 */
int64_t
clock_days(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = floor_div(y, 400);
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

void
clock_from_days(int64_t days, struct civil *c)
{
	int64_t z = days + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int64_t wd = (days + 4) % 7; /* 1970-01-01 was a Thursday */

	memset(c, 0, sizeof(*c));
	c->day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c->month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c->year = (int)(yoe + era * 400 + (c->month <= 2));
	c->weekday = (int)(wd < 0 ? wd + 7 : wd);
}

int64_t
clock_day_of(int64_t ms)
{
	struct civil c;

	clock_civil(ms, &c);
	return clock_days(c.year, c.month, c.day);
}

/*
 * A day does not always start at 00:00 (some zones change to summer time at
 * midnight) and a zone may skip a whole day, so look for the first second
 * that belongs to the day instead of asking for an hour that may not exist.
 */
int64_t
clock_day_start(int64_t day)
{
	int64_t lo = day * 86400 - 16 * 3600, hi = day * 86400 + 16 * 3600;

	while (lo < hi) {
		int64_t mid = lo + (hi - lo) / 2;

		if (clock_day_of(mid * CLOCK_SECOND) >= day)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo * CLOCK_SECOND;
}

/* A translated month may not fit: never end in half a character. */
static char *
whole(char *out)
{
	size_t len = strlen(out);

	while (len > 0 && !utf8_valid(out, len))
		out[--len] = '\0';
	return out;
}

char *
clock_short(int64_t ms, int64_t now, char *out, size_t size)
{
	struct civil c;
	int64_t off;

	clock_civil(ms, &c);
	off = clock_days(c.year, c.month, c.day) - clock_day_of(now);
	if (off == 0)
		(void)snprintf(out, size, "%02d:%02d", c.hour, c.minute);
	else if (off > -7 && off < 7)
		(void)snprintf(out, size, "%s %02d:%02d",
		    _(weekdays[c.weekday]), c.hour, c.minute);
	else if (off > -365 && off < 365)
		(void)snprintf(
		    out, size, "%d %s", c.day, _(months[c.month - 1]));
	else
		(void)snprintf(out, size, "%d %s %d", c.day,
		    _(months[c.month - 1]), c.year);
	return whole(out);
}

char *
clock_full(int64_t ms, char *out, size_t size)
{
	struct civil c;

	clock_civil(ms, &c);
	(void)snprintf(out, size, "%d %s %d %02d:%02d", c.day,
	    _(months[c.month - 1]), c.year, c.hour, c.minute);
	return whole(out);
}
