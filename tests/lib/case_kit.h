/* SPDX-License-Identifier: ISC */
/*
 * People of every role and made-up cases, for tests of what the store keeps.
 * On top of vault_kit.h: include the cmocka headers first.
 */
#ifndef AMPARO_TESTS_CASE_KIT_H
#define AMPARO_TESTS_CASE_KIT_H

#include "store/assessment.h"
#include "store/child.h"
#include "store/intake.h"
#include "store/request.h"
#include "vault_kit.h"

/* Nobody here exists. */
struct office {
	struct vault_kit kit;
	struct session *amina; /* caseworker, branch-1: most cases are hers */
	struct session *zoya; /* caseworker, branch-1 */
	struct session *bilal; /* caseworker, branch-2 */
	struct session *sunil; /* supervisor, branch-1 */
	struct session *cora; /* coordinator */
	struct session *audra; /* auditor */
	struct session *adele; /* administrator */
	struct session *stan; /* statistics */
};
void office_open(struct office *);
void office_close(struct office *);

/* An intake that is complete and right; tests break what they want. */
struct sample {
	struct intake in;
	struct person person;
	struct safe_contact safe;
	struct consent consent;
	struct followup_plan next;
	struct triage_answer triage[10];
};
void sample_make(struct sample *, const char *name, const char *phone);
/* Keys of a new intake, everything else as it is. */
void sample_renew(struct sample *);

/* A case of this worker with somebody of this name, everything given. */
struct uid case_of(struct session *, const char *name);

/*
 * Close a case as the screen would, every line of the checklist answered; the
 * office of office_open() needs no second person for it (tests of that switch
 * kit.society->closing.approval on).
 */
int close_case(struct session *, struct uid, int64_t *rev, const char *reason,
    const char *words, struct err *) MUST_USE;
/* The whole of what close_case() hands in, for tests that change some of it. */
struct closing_sample {
	struct request r;
	struct request_line lines[REQUEST_LINES_MAX];
};
void closing_make(
    struct closing_sample *, struct uid, const char *reason, const char *words);
/* Is the plan complete: "yes", or "no" where something of it is open. */
void closing_plan_is(struct closing_sample *, const char *answer);

/* Agreed to by whoever reads it now; answers as request_answer(). */
int request_agree(struct session *, struct uid case_uid, struct uid request,
    struct err *) MUST_USE;

/* What a safe-contact form that is opened now is filled from; own: the record
 * it made, which does not count where it is there already. */
struct basis contact_basis(
    struct session *, struct uid case_uid, struct uid own);
/* As safe_contact_set(), of such a form. */
int contact_put(struct session *, struct uid case_uid,
    const struct safe_contact *, struct err *) MUST_USE;
/* As child_set(), of a form that was filled from what stands. */
int child_put(
    struct session *, const struct child_record *, struct err *) MUST_USE;
/* As assessment_add(), of a form that was filled from what stands. */
int assessment_put(struct session *, struct uid case_uid,
    const struct assessment *, struct err *) MUST_USE;
/* A release to the example legal service: name and needs, for legal advice. */
struct consent release_of(struct uid case_uid);
/* Said to be a child, whose guardian may be part of it. */
struct child_record child_record_of(struct uid case_uid);
/* Somebody called that organisation and it answered. */
void organisation_called(struct session *, const char *recipient);
/* A follow-up in three days. */
struct followup_plan plan_in(int days);

/* One number from a database; fails the test when it cannot be read. */
int64_t ask_cases(struct session *, const char *sql);
int64_t ask_identity(struct session *, const char *sql);
/* The same with ?1 = uid. */
int64_t ask_of(struct session *, const char *sql, struct uid);
/* How many tasks of a kind wait in a case. */
int64_t tasks_of(struct session *, struct uid case_uid, const char *kind);

/* call is 0, else the test fails with the sentence. */
#define OK(call)                                                            \
	do {                                                                \
		struct err *e_ = &err;                                      \
		err_clear(e_);                                              \
		if ((call) != 0)                                            \
			fail_msg(                                           \
			    "%s: %s (%d)", #call, e_->text, (int)e_->kind); \
	} while (0)
/* call is -1 with this kind and a sentence. */
#define REFUSED(kind_, call)                                          \
	do {                                                          \
		struct err *e_ = &err;                                \
		err_clear(e_);                                        \
		if ((call) != -1 || e_->kind != (kind_) ||            \
		    e_->text[0] == '\0')                              \
			fail_msg("%s: \"%s\" (%d), wanted %d", #call, \
			    e_->text, (int)e_->kind, (int)(kind_));   \
	} while (0)

/* Does the first release of the list say that it has to be asked anew? */
bool release_asks_anew(struct session *, struct uid);

#endif
