/* SPDX-License-Identifier: ISC */
/*
 * The date of an event as a person remembers it: a day, a month, a year, or
 * not known.  People rarely know more, and a form that asks for more gets
 * invented data.
 */
#ifndef AMPARO_BASE_DATE_H
#define AMPARO_BASE_DATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum date_precision { DATE_UNKNOWN, DATE_YEAR, DATE_MONTH, DATE_DAY };
struct fdate {
	int16_t year; /* 0 when unknown */
	int8_t month, day; /* 0 when not that precise */
	int8_t precision; /* enum date_precision */
};

/*
 * Reads "2026-11-23", "2026-11", "2026", "23.11.2026", "23/11/2026",
 * "23 Nov 2026", "23 of November 2026", "Nov 2026", "11/2026", "today", "yesterday", "tomorrow",
 * "+3", "-2" (days), "monday".."sunday" (the next one), "unknown", "?" and ""
 * (unknown); words in English or the interface's language, digits of any
 * script.  Years are 1900 to 2199.
 * today is a local day number (clock_day_of).  Fails with ERR_INPUT on
 * impossible dates.
 */
int date_parse(
    const char *, int64_t today, struct fdate *, struct err *) MUST_USE;
/* A day by its number. */
struct fdate date_of_day(int64_t day);
/* ISO form of its precision: "2026-11-23", "2026-11", "2026", ""; size >= 12. */
char *date_iso(const struct fdate *, char *out, size_t size);
/* "23 Nov 2026", "Nov 2026", "2026", "not known"; size >= 16. */
char *date_show(const struct fdate *, char *out, size_t size);
/* Today in every spelling, for the sentences that say how to write a date: an
 * example of another year is taken for the year to write. */
struct date_examples {
	char day[24], iso[12], month[24]; /* "23 Nov 2026" ... "Nov 2026" */
	int year;
};
void date_examples(int64_t today, struct date_examples *);
/* Parse exactly what date_iso wrote; -1 otherwise. */
int date_from_iso(const char *, struct fdate *);
/* First and last day (day numbers) the date can mean; -1 if unknown. */
int date_range(const struct fdate *, int64_t *first, int64_t *last);
/* Fewest and most whole years from birth to the day; -1 if unknown or after
 * the day.
 * Born 29 February comes of age on 1 March in other years. */
int date_age(const struct fdate *birth, int64_t day, int *least, int *most);

/* "14:30", "9.05", "9h05" or "0930" as minutes of the day; -1: not a time. */
int date_minutes(const char *);

#endif
