/* SPDX-License-Identifier: ISC */
/*
 * The role matrix through the store: one row for each function that takes who
 * is asking, with what everybody of an office gets.  tests/unit/test_case_roles
 * walks it, and fails where a header of src/store offers a function that no
 * row calls.  Include the cmocka headers first.
 */
#ifndef AMPARO_TESTS_ROLE_KIT_H
#define AMPARO_TESTS_ROLE_KIT_H

#include "case_kit.h"

/* The columns of the matrix: everybody of the office, and whoever leads the
 * other branch. */
enum role_who {
	AMINA, /* caseworker: the case is hers */
	ZOYA, /* caseworker of the same branch */
	BILAL, /* caseworker of another branch */
	SUNIL, /* supervisor of the case's branch */
	SUMI, /* supervisor of the other one */
	CORA, /* coordinator */
	AUDRA, /* auditor */
	ADELE, /* administrator */
	STAN, /* statistics */
	ROLE_WHO
};

struct role_stage {
	struct office o;
	struct session *who[ROLE_WHO];
	struct session *second; /* one more supervisor of the case's branch */
	struct arena arena;
	struct uid theirs; /* a case of amina's */
	struct uid other; /* another one of hers */
	struct uid offer; /* of theirs to bilal; null: none waits */
	int64_t rev; /* of theirs, now */
	/* A caseworker without the identity root, made at first need: every
	 * one-time code is worked out slowly. */
	const char *newcomer;
	int n; /* counts what needs a new name each time */
};

struct role_row {
	const char *call; /* the function, as its header has it */
	int (*act)(struct role_stage *, struct session *, struct err *);
	/* In the order of enum role_who.  Y: done; R: once a reason was given
	 * for the case; n: may ask, and there is nothing for them here; 2: a
	 * colleague has to; -:
	 * refused, on the record. */
	const char *want;
	/* The same for each R, once the reason was given; NULL: Y. */
	const char *then;
	/* A new case for each person: what is done cannot be done twice. */
	bool fresh;
	/* Counts alone, about no case: refused without an event. */
	bool quiet;
};
struct role_rows {
	const struct role_row *rows;
	size_t n;
};
extern const struct role_rows role_case, role_care, role_out, role_house;

/* Prepare: what comes before the call that is tried. */
#define FIRST(call)                                                     \
	do {                                                            \
		struct err e_ = { .kind = ERR_NONE };                   \
		if ((call) != 0)                                        \
			fail_msg("before: %s: %s (%d)", #call, e_.text, \
			    (int)e_.kind);                              \
	} while (0)

#define ACT(name) \
	static int name(struct role_stage *st, struct session *s, struct err *e)
#define ROW(call_, want_)                                          \
	{                                                          \
		.call = #call_, .act = do_##call_, .want = (want_) \
	}
#define ROW_FRESH(call_, want_)                                     \
	{                                                           \
		.call = #call_, .act = do_##call_, .want = (want_), \
		.fresh = true                                       \
	}
/* Who may read a case; who may write in it: its own worker, and whoever leads
 * the branch; who has lists. */
#define READS "YR-R-R---"
#define OWN "Y--Y-----"
#define LISTS "YYYYYYY--"

/* The code of the stage's other case. */
const char *role_other_code(struct role_stage *);

#endif
