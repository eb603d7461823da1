/* SPDX-License-Identifier: ISC */
#include "store/directory_inside.h"
#include "store/egress_inside.h"

int
egress_load(struct tx *tx, const struct uid *case_uid, const char *recipient,
    const char *purpose, struct arena *a, struct egress *e)
{
	const struct society *society = tx->s->society;
	struct tx look = *tx; /* reads cases.db, whichever tx is of */
	struct consent_person person;
	struct consent_rows all;
	struct listing listing;

	look.db = &tx->s->cases;
	if (consent_rows_load(&look, case_uid, false, a, &all) == -1 ||
	    consent_person_read(&look, case_uid, a, &person) == -1)
		return -1;
	*e = (struct egress){ .society = society,
		.recipient = society_recipient(society, recipient),
		.purpose = purpose,
		.wanted = DATA_ALL,
		.rows = all.rows,
		.n_rows = all.n,
		.now = tx->now };
	consent_age_of(society, &person, tx->now, &e->age);
	if (e->recipient == NULL)
		return 0;
	if (listing_read(tx, e->recipient, a, &listing) == -1)
		return -1;
	e->listing = listing.fresh;
	e->suspended = listing.suspended;
	e->conflict = listing.conflict;
	return 0;
}
