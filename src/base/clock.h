/* SPDX-License-Identifier: ISC */
/*
 * Time.  Stored times are UTC milliseconds since 1970; what people read is in
 * the National Society's time zone, set once with clock_zone().  Test builds
 * (AMPARO_TEST) start from AMPARO_NOW (milliseconds) when it is set, and run
 * on from there.
 */
#ifndef AMPARO_BASE_CLOCK_H
#define AMPARO_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#define CLOCK_SECOND INT64_C(1000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR (60 * CLOCK_MINUTE)
#define CLOCK_DAY (24 * CLOCK_HOUR)

/* Now, in UTC ms. */
int64_t clock_now(void);
/* A clock that never jumps and counts suspended time (CLOCK_BOOTTIME), ms. */
int64_t clock_boot(void);

/* Set the zone by IANA name ("Asia/Colombo"); unknown names read as UTC and
 * return -1, as all but "UTC" do where the tzdata package is missing. */
int clock_zone(const char *name);

struct civil {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second;
	int weekday; /* 0 = Sunday */
};
void clock_civil(int64_t ms, struct civil *); /* in the set zone */
int64_t clock_ms(const struct civil *); /* weekday ignored */
/* Days since 1970-01-01 of a civil date (proleptic Gregorian) and back. */
int64_t clock_days(int year, int month, int day);
void clock_from_days(int64_t days, struct civil *);
/* The local day number of an instant, and the instant a local day starts (not
 * always 00:00: some zones go over to summer time at midnight). */
int64_t clock_day_of(int64_t ms);
int64_t clock_day_start(int64_t day);

/* "14:02", "Thu 14:02" within a week, "12 Dec" within a year, "12 Dec 2024";
 * size >= 24; returns out. */
char *clock_short(int64_t ms, int64_t now, char *out, size_t size);
/* "23 Nov 2026 14:02"; size >= 24. */
char *clock_full(int64_t ms, char *out, size_t size);

#endif
