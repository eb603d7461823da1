/* SPDX-License-Identifier: ISC */
/*
 * Help: what was given, is planned, was declined by the person for now, or
 * could not be had.  Append-only; a mistake is put right by a new row that
 * names the old one.
 *
 * Nothing in here asks for a consent, a screening, papers, a stage or
 * cooperation, and help can be recorded on a closed case, too.  Harm
 * register 4.
 */
#ifndef AMPARO_STORE_SERVICE_H
#define AMPARO_STORE_SERVICE_H

#include "rules/plan.h"
#include "store/case.h"

struct service {
	struct uid uid; /* made by the caller */
	struct uid corrects; /* null: none */
	struct uid follows; /* the planned one this came of; null: none */
	struct uid goal; /* null: none */
	const char *service; /* id in the configuration */
	const char *state; /* service_state */
	int64_t at; /* when; 0: now */
	struct fdate due_on; /* of a planned one; unknown: none was agreed */
	int64_t due; /* when read: the end of that day; 0 */
	const char *amount; /* "2 kits", "LKR 8,000" */
	/* Of cash, a phone, a SIM: who controls it: "person", "other",
	 * "unknown", "" not asked.  Cash can raise danger. */
	const char *controls;
	const char *sheet; /* of information: id in the configuration */
	const char *sheet_language, *sheet_version; /* as it was then */
	const char *words;
	/* When read: */
	bool corrected, followed; /* a later row says more */
	int64_t made_at;
	const char *by; /* login */
};
struct services {
	struct service *list; /* planned ones by day, then newest first;
				 corrected ones last */
	size_t n;
};

/* PERM_SERVICE.  The language and version of a sheet are those it has in the
 * configuration now.  ERR_INPUT says what is missing. */
int service_add(struct session *, struct uid case_uid, const struct service *,
    struct err *) MUST_USE;
/* PERM_CASE_READ. */
int service_list(struct session *, struct uid case_uid, struct arena *,
    struct services *, struct err *) MUST_USE;

#endif
