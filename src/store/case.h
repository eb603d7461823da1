/* SPDX-License-Identifier: ISC */
/*
 * A case: its own fields, its timeline, its history, its flags and notes, who
 * looked.  Identity is in person.h, under another key.
 */
#ifndef AMPARO_STORE_CASE_H
#define AMPARO_STORE_CASE_H

#include "base/date.h"
#include "rules/closing.h"
#include "store/session.h"

/* One change of one field, and the version it was based on. */
struct change {
	const char *field;
	const char *value; /* "" clears */
};
/* A field that somebody else changed meanwhile. */
struct conflict {
	const char *field;
	const char *mine, *theirs;
	const char *by; /* login */
	int64_t at;
	/* They alone changed it, which is taken: to be seen, not asked. */
	bool settled;
};
struct conflicts {
	struct conflict *list; /* in the arena that was handed in */
	size_t n;
	/* What to base the decided values on: the version; of a record that is
	 * written whole each time, the one that stands now. */
	int64_t rev;
	struct uid base;
};
/* What a form was filled from that writes such a record: the one that stood
 * then (null: none yet), and the version of the case. */
struct basis {
	struct uid base;
	int64_t rev;
};

/* How a case ended, for pages of what was asked or prepared before that. */
struct case_end {
	int64_t at; /* UTC ms; 0: it is open, and nothing else is set */
	const char *reason; /* code of society->reasons_closed */
	char goes_on[CODE_SIZE]; /* "", or the code the person goes on under */
};

struct flag {
	struct uid uid;
	const char *text; /* why */
	const char *kind; /* "" somebody set it; else contact_looked() */
	struct fdate until;
	const char *by;
	int64_t at;
};

/*
 * What the overview shows.  Counts and states only for parts with their own
 * screens.  Field names for case_change(): "owner" (user uid in hex), "branch",
 * "stage_hint", "risk" (id from configuration), "risk_reason", "urgent",
 * "language", "sex", "age_band", "may_be_child" ("yes", "no", "unsure"),
 * "wants" (what the person wants first, their words), "next", "next_due".
 */
struct case_file {
	struct uid uid, person; /* person null: anonymous */
	int64_t rev;
	char code[CODE_SIZE];
	struct uid owner;
	const char *owner_login, *branch;
	const char *stage; /* derived, never set by hand */
	int risk, risk_first; /* index into society->risks; -1 not set */
	const char *risk_reason, *risk_by;
	int64_t risk_at;
	const char *language, *sex, *age_band, *may_be_child, *wants;
	/* By what was answered or by the date of birth; of a closed case, when
	 * it closed. */
	bool may_be_one;
	bool anonymous, urgent, closed;
	const char *urgent_signs; /* and what was done, a line each; "" */
	int64_t opened_at, closed_at, changed_at;
	/* copied from the safe-contact record: no number, no name */
	const char *may_contact; /* "yes", "only_if", "no", "" not asked */
	bool stop_contact;
	int64_t contact_verified_at;
	/* work-together consent as it stands */
	const char *work_together; /* decision code, "" none */
	int64_t work_together_at, work_together_until;
	int releases_given, releases_refused, releases_ended;
	int releases_anew; /* agreed under another code of theirs alone: no yes
			      before it is asked here */
	int to_recall; /* told before a withdrawal, and not asked back yet or
			  without an answer (rules/recall.h) */
	int screenings;
	int64_t screened_at;
	const char *screening_outcome;
	/* strengths and goals come before what was hard */
	int64_t assessed_at; /* 0: never */
	const char **strengths; /* their words, of the newest assessment */
	size_t n_strengths;
	struct case_goal {
		const char *words, *state; /* rules/plan.h */
	} * goals; /* open ones first */
	size_t n_goals;
	int services_given, services_planned; /* that stand */
	int64_t safety_plan_at; /* 0: none; what it says is in safety.h */
	int64_t contact_expires_at; /* 0: no end was agreed */
	/* the next thing */
	const char *next; /* code */
	int64_t next_due;
	const char *promised; /* "promised" when a call was promised */
	/* the earliest date a law or a mechanism set; 0 none */
	int64_t deadline_at;
	const char *deadline_what; /* code (rules/tasks.h) */
	int deadlines; /* how many run */
	struct flag *flags;
	size_t n_flags;
	struct open_ends ends; /* of an open case */
	/* A second person is asked to agree to a sending; an override is to be
	 * looked at again; a referral was chased in vain. */
	bool to_agree, to_review, to_find_way;
	/* what a colleague is asked and has not answered (request.h) */
	const char *asked; /* kind code, "" nothing */
	const char *asked_by; /* login */
	/* of a transfer, whom it was offered to: one of the three, "" */
	const char *asked_login, *asked_branch, *asked_ns;
	int64_t asked_at;
	/* the other code of the same person; null: none */
	struct uid joined;
	char joined_code[CODE_SIZE];
	bool joined_stays; /* this case is the one that goes on */
	const char *closed_reason; /* code, "" open */
	const char *custody; /* recipient's id of who took it over; "" ours */
	int64_t last_seen_by_me; /* 0: never; before this opening */
	int changes_since; /* events by others since then */
};

/*
 * Open a case: facts, right, event and rows in one transaction; if the event
 * cannot be written nothing is shown.  reason is recorded when rules/access
 * wants one (ERR_REASON when missing).
 */
int case_open(struct session *, struct uid, const char *reason, struct arena *,
    struct case_file *, struct err *) MUST_USE;

/*
 * Change fields of a case.  rev is the version that was read.  Where others
 * changed other fields meanwhile both are kept; where they changed the same
 * ones nothing is written, the result is ERR_CONFLICT and *conflicts (in the
 * arena) has each.  *rev becomes the new version.
 */
int case_change(struct session *, struct uid, int64_t *rev,
    const struct change *, size_t n, struct arena *, struct conflicts *,
    struct err *) MUST_USE;

/* Put a case into a worker's hands (null uid: unassigned).  Of "owner" as
 * case_change(). */
int case_assign(struct session *, struct uid, int64_t *rev, struct uid owner,
    struct arena *, struct conflicts *, struct err *) MUST_USE;

/* The worker's judgement with its reason; the first level is preserved.  Of
 * "risk" and "risk_reason" as case_change(). */
int case_set_risk(struct session *, struct uid, int64_t *rev, int risk,
    const char *reason, struct arena *, struct conflicts *,
    struct err *) MUST_USE;

/* Everything that happened, newest first; at most n rows older than before
 * (0: from now). */
struct event {
	int64_t at; /* when it was recorded */
	struct fdate on; /* when it happened, where that is another day */
	const char *kind; /* "contact", "consent", "release", "screening",
			     "assessment", "plan", "service", "follow-up",
			     "note", "risk", "flag", "assign",
			     "asked", "opened", "closed" */
	const char *title; /* one line, composed from codes for people */
	const char *text; /* note text and the like; "" */
	bool account; /* text holds an account: say so before it is read */
	const char *by; /* login */
	struct uid uid; /* of the record behind it */
};
struct events {
	struct event *list;
	size_t n;
	bool more;
};
int case_timeline(struct session *, struct uid, int64_t before, size_t n,
    struct arena *, struct events *, struct err *) MUST_USE;

/* Field history: who changed what from what to what (PERM_HISTORY). */
struct field_change {
	int64_t at;
	int64_t rev; /* of the case that it made; 0: of a part of it */
	const char *by, *field, *before, *after;
};
struct field_changes {
	struct field_change *list;
	size_t n;
};
int case_history(struct session *, struct uid, struct arena *,
    struct field_changes *, struct err *) MUST_USE;

/* Who looked and who wrote: from both chains (PERM_ACCESS_LOG).  Who holds the
 * identity root opens identity.db for it: with the reason that stands
 * (session_set_purpose()), which its event has; else ERR_PURPOSE. */
struct access {
	int64_t at;
	const char *by, *role, *terminal, *action, *fields, *reason;
};
struct access_log {
	struct access *list;
	size_t n;
};
int case_access_log(struct session *, struct uid, size_t n, struct arena *,
    struct access_log *, struct err *) MUST_USE;

/*
 * Notes: appended, never edited; two people can add at once and both stay.
 * corrects (may be null) names the one it puts right; the timeline shows a
 * note and what corrects it together.  At most NOTE_MAX bytes of text, 4000 of
 * each attributed fact (ERR_INPUT says the limit).  An account is written only
 * after the person agreed to work together, or where nobody is recorded.
 */
#define NOTE_MAX 65536
/* Whose a fact is: what the person said, what the worker saw or heard, what
 * somebody else said (often the controller), the worker's own view. */
enum note_source {
	NOTE_SAID,
	NOTE_SAW,
	NOTE_OTHER_SAID,
	NOTE_VIEW,
	NOTE_SOURCES
};
struct note {
	struct uid uid; /* made by the caller, so that a retry is no copy */
	struct uid case_uid;
	struct uid corrects;
	const char *kind; /* "fact", "said", "observed", "view", "plan",
			     "other" */
	const char *text;
	bool account; /* holds an account: a warning comes before it */
	const char *fact[NOTE_SOURCES]; /* NULL or "": none */
	const char *present; /* codes separated by ",": "person",
				"interpreter", "guardian", "companion",
				"colleague", "other"; NULL: not said */
};
int note_add(struct session *, const struct note *, struct err *) MUST_USE;

/*
 * A warning that is seen before anything else of the case, until it is taken
 * down (PERM_CASE_WRITE).  until: for how long it is thought to be needed; NULL
 * not said.  ERR_INPUT: no words, no reason.  A second call with the same uid,
 * and of two who take one down the second, change nothing.  A flag that holds
 * contact back comes down by contact_looked() alone: ERR_DENIED.
 */
int flag_set(struct session *, struct uid case_uid, struct uid flag_uid,
    const char *text, const struct fdate *until, struct err *) MUST_USE;
int flag_resolve(struct session *, struct uid case_uid, struct uid flag_uid,
    const char *reason, struct err *) MUST_USE;

/*
 * Ask to close a case (PERM_CLOSE): reason is a code, words what is said
 * beside it, lines the checklist of rules/closing.h.  Where the society wants a
 * second person (society->closing.approval) it waits for one (request.h) and
 * *closed is false; else it is closed at once.  *rev as for case_change(): a
 * case that changed since is looked at again first (ERR_CONFLICT), and so is one
 * in which others wrote since the request's uid was made, after what its seen
 * says was read (request_since()).  ERR_INPUT:
 * a line is missing or not explained; contact is not lost for long enough;
 * nobody tried; a duplicate is joined instead.
 */
struct request;
int case_close(struct session *, int64_t *rev, const struct request *,
    bool *closed, struct err *) MUST_USE;
/* Open again, with one key: the same code and everything in it.  What another
 * National Society took over is ours again.  Words: "" for none.  ERR_CONFLICT:
 * a colleague did already, the text says who; or it goes on under another code.
 */
int case_reopen(struct session *, struct uid, int64_t *rev, const char *words,
    struct err *) MUST_USE;

#endif
