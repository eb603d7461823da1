/* SPDX-License-Identifier: ISC */
/*
 * Every call of the database engine to the machine fails once, in turn, and
 * from then on for ever, while a caseworker does what a caseworker does.
 * Each failure is a sentence of the right kind, leaves nothing half done, and
 * is over when the fault is: the same thing, tried again, goes through and
 * leaves exactly what it leaves on a good day.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/draft.h"
#include "store/queue.h"
#include "store/screening.h"
#include "store/session_inside.h"
#include "../lib/case_kit.h"
#include "../lib/fault_vfs.h"

/* So many of the calls of one sort are failed, evenly over all of them. */
#define MOST 16
#define MOST_FOR_EVER 4

static struct vault_kit kit;
static struct session *amina, *watch;
static struct uid case_uid;

/* One thing that is done, and tried again after it failed. */
struct trial {
	struct sample sample;
	struct uid uid, other, next;
	struct basis basis;
	struct arena arena;
	struct session *in; /* of a sign-in */
};

/* --- what a caseworker does ------------------------------------------------- */
static int
sign_in(struct trial *t, struct err *err)
{
	t->in = vault_kit_sign_in(&kit, "amina", err);
	return t->in == NULL ? -1 : 0;
}

static int
open_case(struct trial *t, struct err *err)
{
	struct case_file c = { .code = "" };
	int rc = case_open(amina, case_uid, NULL, &t->arena, &c, err);

	/* What is not on the record is not shown. */
	assert_int_equal(c.code[0] != '\0', rc == 0);
	return rc;
}

static int
look_at_identity(struct trial *t, struct err *err)
{
	struct person p = { .name = NULL };
	struct safe_contact c = { .number = NULL };
	int rc = person_open(
	    amina, case_uid, "to call back", &t->arena, &p, &c, err);

	assert_int_equal(p.name != NULL, rc == 0);
	return rc;
}

static int
search(struct trial *t, struct err *err)
{
	struct person_cards cards = { .n = 0 };
	int rc = person_search(amina,
	    &(const struct person_query){ .name = "Kamala", .phone = "" }, 5,
	    &t->arena, &cards, err);

	assert_int_equal(cards.n > 0, rc == 0);
	return rc;
}

static int
intake(struct trial *t, struct err *err)
{
	char code[CODE_SIZE];

	return intake_save(amina, &t->sample.in, code, err);
}

static int
note(struct trial *t, struct err *err)
{
	return note_add(amina,
	    &(const struct note){ .uid = t->uid,
		.case_uid = case_uid,
		.kind = "fact",
		.text = "came with a bag" },
	    err);
}

static int
release(struct trial *t, struct err *err)
{
	struct consent c = release_of(case_uid);

	c.uid = t->uid;
	return consent_add(amina, &c, err);
}

static int
withdraw(struct trial *t, struct err *err)
{
	struct disclosures told;

	return consent_withdraw(amina, case_uid, t->other, t->uid,
	    "by telephone", &t->arena, &told, err);
}

static int
follow_up(struct trial *t, struct err *err)
{
	struct followup_plan next = plan_in(4);

	next.uid = t->next;
	return followup_attempt(amina,
	    &(const struct attempt){ .uid = t->uid,
		.case_uid = case_uid,
		.plan = t->other,
		.at = clock_now(),
		.channel = "phone",
		.outcome = "reached_safe",
		.safe = "yes",
		.words = "said the week was quiet",
		.agreed = "another call",
		.new_risks = "",
		.risk = -1,
		.risk_reason = "",
		.lost_considered = "",
		.next = &next,
		.next_none = "" },
	    err);
}

static int
screening(struct trial *t, struct err *err)
{
	struct answer a = { "ilo12.07", "some_sign", "person", "kept away" };

	return screening_add(amina,
	    &(const struct screening){ .uid = t->uid,
		.case_uid = case_uid,
		.catalogue = "ilo12",
		.list = "",
		.language = "en",
		.interpreter = "none",
		.seen_alone = "yes",
		.gate_open = true,
		.outcome = "keep_talking",
		.wants = "papers back",
		.note = "",
		.answers = &a,
		.n_answers = 1 },
	    err);
}

static int
safe_contact(struct trial *t, struct err *err)
{
	struct conflicts conflicts;

	t->sample.safe.uid = t->uid;
	return safe_contact_set(amina, case_uid, &t->basis, &t->sample.safe,
	    &t->arena, &conflicts, err);
}

static int
draft(struct trial *t, struct err *err)
{
	static const char words[3000] = "half a sentence";

	return draft_save(amina,
	    &(const struct draft){ .uid = t->uid, .screen = "note" }, words,
	    sizeof(words), err);
}

/* --- before ------------------------------------------------------------------- */
static void
give_release(struct trial *t)
{
	struct consent c = release_of(case_uid);
	struct err err;

	OK(consent_add(amina, &c, &err));
	t->other = c.uid;
}

static void
make_plan(struct trial *t)
{
	struct followup_plan p = plan_in(1);
	struct err err;

	OK(followup_plan_add(amina, case_uid, &p, &err));
	t->other = p.uid;
}

static void
fill_contact(struct trial *t)
{
	t->basis = contact_basis(amina, case_uid, t->uid);
}

static const struct act {
	const char *name;
	int (*run)(struct trial *, struct err *);
	void (*before)(struct trial *);
	bool two; /* writes to one database, then to the other */
	bool opens; /* identity.db is opened for it */
	bool noted; /* on the record before all of it is done */
} acts[] = {
	{ "sign in", sign_in, NULL, false, false, true },
	{ "open a case", open_case, NULL, false, false, false },
	{ "look at identity", look_at_identity, NULL, false, true, false },
	{ "search", search, NULL, false, true, false },
	{ "intake", intake, NULL, true, true, false },
	{ "note", note, NULL, false, false, false },
	{ "release", release, NULL, false, false, false },
	{ "withdraw", withdraw, give_release, false, false, false },
	{ "follow up", follow_up, make_plan, false, false, false },
	{ "indicators", screening, NULL, false, false, false },
	{ "safe contact", safe_contact, fill_contact, true, true, false },
	{ "draft", draft, NULL, false, false, false },
};

/* --- what is there -------------------------------------------------------------- */
static const char *const in_cases[] = { "audit", "op", "case_file",
	"case_event", "contact", "triage", "screening", "answer", "consent",
	"disclosure", "followup_plan", "attempt", "note", "flag",
	"risk_history", "queue", "draft", "sign_key" };
static const char *const in_identity[] = { "audit", "op", "person",
	"safe_contact", "name_key" };
#define N_CASES (sizeof(in_cases) / sizeof(in_cases[0]))
#define N_IDENTITY (sizeof(in_identity) / sizeof(in_identity[0]))

struct counts {
	int64_t cases[N_CASES], identity[N_IDENTITY];
};

/* By somebody else's connections, as the next person would see it. */
static void
count(struct counts *c)
{
	char sql[64];

	for (size_t i = 0; i < N_CASES; i++) {
		(void)snprintf(
		    sql, sizeof(sql), "SELECT count(*) FROM %s", in_cases[i]);
		c->cases[i] = ask_cases(watch, sql);
	}
	for (size_t i = 0; i < N_IDENTITY; i++) {
		(void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s",
		    in_identity[i]);
		c->identity[i] = ask_identity(watch, sql);
	}
}

static bool
grew(const int64_t *a, const int64_t *b, const int64_t *by, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (b[i] - a[i] != (by == NULL ? 0 : by[i]))
			return false;
	return true;
}

/* --- one failure ------------------------------------------------------------------ */
struct where {
	const struct act *act;
	enum fault fault;
	int n;
	bool for_ever;
};

static void
bad(const struct where *w, const struct err *err, const char *what)
{
	fail_msg("%s, %s %d%s: %s (\"%s\", %d)", w->act->name,
	    fault_name(w->fault), w->n, w->for_ever ? " on" : "", what,
	    err->text, err->kind);
}

static void
check_sentence(const struct where *w, const struct err *err)
{
	static const enum err_kind kinds[FAULTS] = {
		[FAULT_FULL] = ERR_FULL,
		[FAULT_WRITE] = ERR_IO,
		[FAULT_SYNC] = ERR_IO,
		[FAULT_READ] = ERR_IO,
		[FAULT_OPEN] = ERR_IO,
		[FAULT_BUSY] = ERR_BUSY,
		[FAULT_NOMEM] = ERR_NOMEM,
	};
	static const char *const never[] = { "SELECT", "INSERT", "SQL",
		"sqlite", "errno", "constraint", "malformed" };

	if (err->kind != kinds[w->fault])
		bad(w, err, "another kind of failure");
	if (strlen(err->text) < 20 || strchr(err->text, '.') == NULL)
		bad(w, err, "no sentence");
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (strstr(err->text, never[i]) != NULL)
			bad(w, err, "not for a caseworker");
}

static void
trial_begin(const struct act *act, struct trial *t)
{
	*t = (struct trial){ .uid = uid_new() };
	t->next = uid_new();
	sample_make(&t->sample, "Kamala Lanternfield", "+00 000 5550177");
	arena_init(&t->arena);
	if (act->before != NULL)
		act->before(t);
	memset(amina->seen, 0, sizeof(amina->seen));
	if (act->opens)
		session_identity_close(amina);
}

static void
trial_end(struct trial *t)
{
	session_end(t->in, SESSION_SIGNED_OUT);
	arena_done(&t->arena);
}

/* True when something failed on the way. */
static bool
fail_once(const struct where *w, const struct counts *by)
{
	struct err err = { .kind = ERR_NONE };
	struct counts before, after;
	struct trial t;
	int rc, hits;

	trial_begin(w->act, &t);
	count(&before);
	if (w->for_ever && w->fault == FAULT_BUSY)
		(void)sqlite3_busy_timeout(amina->cases.h, 0);
	fault_vfs_arm(w->fault, w->n, w->for_ever);
	rc = w->act->run(&t, &err);
	hits = fault_vfs_disarm();
	(void)sqlite3_busy_timeout(amina->cases.h, 5000);
	if (!session_idle(amina) || amina->writers.held)
		bad(w, &err, "something is still open");
	count(&after);
	if (rc == -1) {
		if (hits == 0)
			bad(w, &err, "failed without a fault");
		check_sentence(w, &err);
		if (w->act->noted &&
		    grew(before.cases, after.cases, by->cases, N_CASES))
			before = after;
		if (!grew(before.cases, after.cases, NULL, N_CASES))
			bad(w, &err, "something is left in cases.db");
		if (!grew(before.identity, after.identity, NULL, N_IDENTITY) &&
		    !(w->act->two && grew(before.identity, after.identity,
					 by->identity, N_IDENTITY)))
			bad(w, &err, "something is left in identity.db");
		err_clear(&err);
		if (w->act->run(&t, &err) != 0)
			bad(w, &err, "trying again fails");
		count(&after);
	}
	if (!grew(before.cases, after.cases, by->cases, N_CASES) ||
	    !grew(before.identity, after.identity, by->identity, N_IDENTITY))
		bad(w, &err, "not what it leaves on a good day");
	trial_end(&t);
	return hits > 0;
}

/* What it does without a fault, and how many calls of a sort that takes. */
static int
good_day(const struct act *act, enum fault f, struct counts *by)
{
	struct counts before, after;
	struct trial t;
	struct err err;
	int calls;

	trial_begin(act, &t);
	count(&before);
	fault_vfs_arm(f, INT32_MAX, false);
	OK(act->run(&t, &err));
	calls = fault_vfs_calls();
	(void)fault_vfs_disarm();
	count(&after);
	for (size_t i = 0; i < N_CASES; i++)
		by->cases[i] = after.cases[i] - before.cases[i];
	for (size_t i = 0; i < N_IDENTITY; i++)
		by->identity[i] = after.identity[i] - before.identity[i];
	trial_end(&t);
	return calls;
}

static int
sweep(const struct act *act, enum fault f, bool for_ever)
{
	int most = for_ever ? MOST_FOR_EVER : MOST, failed = 0;
	struct counts by;
	/* The first time of some leaves more than all later ones. */
	int calls = good_day(act, f, &by);

	calls = good_day(act, f, &by);
	for (int i = 0; i < most && i < calls; i++) {
		struct where w = { act, f, 1, for_ever };

		w.n = calls <= most ? i + 1 : 1 + i * (calls - 1) / (most - 1);
		failed += fail_once(&w, &by);
	}
	return failed;
}

static void
sound(void)
{
	struct findings found;
	struct arena a;
	struct err err;

	arena_init(&a);
	OK(vault_verify(watch, &a, &found, &err));
	for (size_t i = 0; i < found.n; i++)
		if (found.list[i].bad)
			fail_msg("%s", found.list[i].what);
	arena_done(&a);
}

static void
sweep_all(bool for_ever)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		int all = 0, failed;

		for (enum fault f = FAULT_FULL; f < FAULTS; f++) {
			/* A sign-in would wait its five seconds each time. */
			if (for_ever && f == FAULT_BUSY &&
			    (acts[i].opens || acts[i].run == sign_in))
				continue;
			failed = sweep(&acts[i], f, for_ever);
			all += failed;
		}
		print_message("%s: failed in %d places\n", acts[i].name, all);
		assert_true(all > MOST_FOR_EVER);
	}
	sound();
}

static void
harm_14_each_call_fails_once(void **state)
{
	(void)state;
	sweep_all(false);
}

static void
harm_14_each_call_fails_from_then_on(void **state)
{
	(void)state;
	sweep_all(true);
}

static int
setup(void **state)
{
	(void)state;
	/* In memory: the machine's own disk is not what is tried here. */
	if (access("/dev/shm", W_OK) == 0)
		vault_kit_open_at(&kit, "/dev/shm");
	else
		vault_kit_open(&kit);
	kit.society->grants.scope[ROLE_SUPERVISOR][PERM_VAULT_CARE] = SCOPE_ALL;
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	watch = kit.supervisor;
	case_uid = case_of(amina, "Kamala Lanternfield");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_14_each_call_fails_once),
		cmocka_unit_test(harm_14_each_call_fails_from_then_on),
	};

	fault_vfs_install();
	return cmocka_run_group_tests(tests, setup, teardown);
}
