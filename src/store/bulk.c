/* SPDX-License-Identifier: ISC */
#include "store/bulk.h"

#include "base/clock.h"
#include "store/intake_inside.h"

static int
write_identity(
    struct session *s, const struct intake_work *w, size_t n, struct err *err)
{
	struct tx tx;
	int rc = 0;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_WRITE,
		    .action = "bulk.person",
		    .reason = "bulk",
		    .wrote = true },
		err) == -1)
		return -1;
	for (size_t i = 0; i < n && rc != -1; i++) {
		if (w[i].identity)
			rc = intake_identity(&tx, &w[i]);
	}
	rc = rc == -1 ? -1 : tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

static int
write_cases(
    struct session *s, const struct intake_work *w, size_t n, struct err *err)
{
	char code[CODE_SIZE];
	struct tx tx;
	int rc = 0;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CONTACT,
		    .action = "bulk.intake",
		    .wrote = true },
		err) == -1)
		return -1;
	for (size_t i = 0; i < n && rc != -1; i++)
		rc = intake_case(&tx, &w[i], code);
	rc = rc == -1 ? -1 : tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

int
bulk_intake(struct session *s, const struct intake *const *in, size_t n,
    struct err *err)
{
	struct intake_work *w;
	struct arena a;
	int rc = 0;

	arena_init(&a);
	w = arena_alloc(&a, n + 1, sizeof(*w));
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = intake_take(
		    session_society(s), &a, clock_now(), in[i], &w[i], err);
	if (rc == 0)
		rc = write_identity(s, w, n, err);
	if (rc == 0)
		rc = write_cases(s, w, n, err);
	arena_done(&a);
	return rc;
}
