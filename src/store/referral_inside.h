/* SPDX-License-Identifier: ISC */
/* What reading, sending and following referrals share. */
#ifndef AMPARO_STORE_REFERRAL_INSIDE_H
#define AMPARO_STORE_REFERRAL_INSIDE_H

#include "rules/recall.h"
#include "store/compose_inside.h"
#include "store/egress_inside.h"
#include "store/referral.h"

#define FIELD_WORDS (FIELD_ACCOUNT + 1)

/* A set of fields as its names, and back; names nobody knows are left out. */
unsigned referral_fields(const char *names);
const char *referral_fields_text(unsigned set, struct arena *);
/* ERR_CONFLICT, with who recorded what meanwhile, where it is elsewhere. */
int referral_must_be(const struct referral *, enum referral_state,
    const char *then, struct err *) MUST_USE;
/* One referral as it is now; works in a transaction of either database.
 * ERR_NOT_FOUND. */
int referral_read(struct tx *, const struct uid *case_uid,
    const struct uid *referral, struct arena *, struct referral *) MUST_USE;
/* Put an event and the state it leads to: as record_insert_once(). */
int referral_move(struct tx *, const struct referral *, const struct uid *event,
    const char *kind, const char *words, const struct uid *disclosure) MUST_USE;
/* Kinds of data it wants to send. */
unsigned referral_scopes(const struct referral *);
/* The same, and what going there shows by itself. */
unsigned referral_shows(const struct referral *, const struct egress *);
/* The gate's answer for it now: EGRESS_ALLOWED, or what is in the way. */
enum egress_why referral_gate(
    const struct referral *, const struct egress *, struct egress_verdict *);
/* What this recipient was told for this purpose was taken back: it has to be
 * asked back. */
int recall_begin(struct tx *, const struct uid *case_uid, const char *recipient,
    const char *purpose) MUST_USE;
struct recall {
	struct uid uid;
	const char *recipient, *purpose;
	int64_t begun, at; /* when it was taken back; when it came to step */
	enum recall_step step;
};
struct recalls {
	struct recall *list; /* newest first */
	size_t n;
};
int recalls_load(struct tx *, const struct uid *case_uid, struct arena *,
    struct recalls *) MUST_USE;
/* Withdrawal reaches what was prepared: in the transaction that withdraws. */
int referral_withdraw_prepared(struct tx *, const struct uid *case_uid,
    const char *recipient, const char *purpose) MUST_USE;

#endif
