/* SPDX-License-Identifier: ISC */
/* What came after the first hour in the cases of the demo vault. */
#ifndef AMPARO_CLI_DEMO_COURSE_H
#define AMPARO_CLI_DEMO_COURSE_H

#include "store/intake.h"
#include "store/session.h"

struct demo_course {
	const struct society *society;
	struct session *worker; /* who has the case */
	struct session *decides; /* a supervisor of the same branch */
	struct session
	    *colleague; /* another worker of it; NULL: there is none */
};

/* Number of a case whose course only began; the courses take turns. */
#define DEMO_COURSES 10

/*
 * The course with this number (modulo DEMO_COURSES) of the case that the intake
 * made: a plan, help given, a referral that was sent, a closing that was agreed
 * to or waits, an offer to a colleague and so on, all of it by the same calls
 * that screens use.  What the society's configuration has no words for is left
 * out.
 */
int demo_course(const struct demo_course *, const struct intake *,
    unsigned number, struct err *) MUST_USE;

/* What stands in an office rather than in a case: calls to the organisations
 * of the directory, a note to the next shift. */
int demo_office(
    const struct society *, struct session *worker, struct err *) MUST_USE;

#endif
