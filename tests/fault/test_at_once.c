/* SPDX-License-Identifier: ISC */
/*
 * Two people act on one case at once, each in a process and a session of their
 * own, round after round: one sends while the other takes the consent back;
 * both send, both take back; one closes while the other closes or hands over; one takes what
 * the other takes back.  Whoever comes second finds the first one's act, by
 * name, and nothing is half done.  The pause before each act is moved towards
 * the moment where the order turns, so that the rounds meet in the middle.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/directory.h"
#include "store/referral.h"
#include "../lib/case_kit.h"

#define ROUNDS_MS 1500 /* of each pair of acts */
#define ROUNDS_MIN 8
#define STEP_US 400
#define PAUSE_MAX_US 40000

enum act { SEND, WITHDRAW, CLOSE, OFFER, TAKE, TAKE_BACK };
static const char *const logins[] = { "amina", "sunil", "bilal" };
enum { AMINA, SUNIL, BILAL, WORKERS };

struct job {
	char dir[280]; /* of the vault; nothing is asked while it is "" */
	bool approval; /* a closing waits for a second person */
	enum act act;
	struct uid case_uid, record, to;
	int64_t rev;
	int pause_us;
};
struct outcome {
	int rc;
	enum err_kind kind;
	char text[256];
	int told; /* recipients a withdrawal lists */
};

static struct worker {
	pid_t pid;
	int ask, hear;
} workers[WORKERS];
static struct office o;
static struct err err;

/* --- in a process of its own -------------------------------------------------- */

static void
do_close(
    struct session *s, const struct job *t, struct outcome *out, struct err *e)
{
	struct closing_sample c;
	int64_t rev = t->rev;
	bool closed;

	closing_make(&c, t->case_uid, "goals_met", "all is said");
	out->rc = case_close(s, &rev, &c.r, &closed, e);
}

static void
act(struct session *s, const struct job *t, struct outcome *out)
{
	struct disclosures told = { .n = 0 };
	struct preview p;
	struct arena a;
	struct err e = { .kind = ERR_NONE };
	const struct request offer = { .uid = uid_new(),
		.case_uid = t->case_uid,
		.to_user = t->to,
		.reason = "speaks the person's language" };

	arena_init(&a);
	switch (t->act) {
	case SEND:
		out->rc = referral_send(
		    s, t->case_uid, t->record, uid_new(), "", NULL, &a, &p, &e);
		break;
	case WITHDRAW:
		out->rc = consent_withdraw(s, t->case_uid, t->record, uid_new(),
		    "by telephone", &a, &told, &e);
		break;
	case CLOSE:
		do_close(s, t, out, &e);
		break;
	case OFFER:
		out->rc = transfer_ask(s, &offer, &e);
		break;
	case TAKE:
	case TAKE_BACK:
		out->rc = request_answer(s, t->case_uid, t->record,
		    t->act == TAKE ? ANSWER_ACCEPT : ANSWER_TAKE_BACK, "",
		    t->rev, 0, &e);
		break;
	}
	out->told = (int)told.n;
	out->kind = e.kind;
	(void)snprintf(
	    out->text, sizeof(out->text), "%s", out->rc == 0 ? "" : e.text);
	arena_done(&a);
}

/* Signs in at the first task and serves until the other end closes. */
static void
serve(int who, int in, int out)
{
	struct vault_kit kit = { .n = 0 };
	struct session *s = NULL;
	struct job t;
	struct err e;

	while (read(in, &t, sizeof(t)) == (ssize_t)sizeof(t)) {
		struct outcome got = { .rc = -1 };

		if (s == NULL) {
			vault_kit_join(&kit, t.dir);
			s = vault_kit_sign_in(&kit, logins[who], &e);
			if (s == NULL)
				_exit(2);
		} else {
			kit.society->closing.approval = t.approval;
			(void)ppoll(NULL, 0,
			    &(struct timespec){ .tv_nsec = t.pause_us * 1000L },
			    NULL);
			act(s, &t, &got);
		}
		if (write(out, &got, sizeof(got)) != (ssize_t)sizeof(got))
			_exit(3);
	}
	session_end(s, SESSION_SIGNED_OUT);
	society_free(kit.society);
	_exit(0);
}

/* Before this process opens a database: none is carried through a fork. */
static void
start_worker(int who)
{
	int ask[2], hear[2];

	assert_int_equal(pipe(ask), 0);
	assert_int_equal(pipe(hear), 0);
	workers[who].pid = fork();
	assert_true(workers[who].pid >= 0);
	if (workers[who].pid == 0) {
		for (int i = 0; i < who; i++) {
			(void)close(workers[i].ask);
			(void)close(workers[i].hear);
		}
		(void)close(ask[1]);
		(void)close(hear[0]);
		serve(who, ask[0], hear[1]);
	}
	(void)close(ask[0]);
	(void)close(hear[1]);
	workers[who].ask = ask[1];
	workers[who].hear = hear[0];
}

/* --- rounds ------------------------------------------------------------------- */

static void
give(int who, const struct job *t)
{
	assert_int_equal(write(workers[who].ask, t, sizeof(*t)), sizeof(*t));
}

static struct outcome
take(int who)
{
	struct outcome out;

	if (read(workers[who].hear, &out, sizeof(out)) != (ssize_t)sizeof(out))
		fail_msg("%s is gone", logins[who]);
	return out;
}

static int
setup(void **state)
{
	struct job t = { .act = SEND };

	(void)state;
	for (int i = 0; i < WORKERS; i++)
		start_worker(i);
	office_open(&o);
	(void)snprintf(t.dir, sizeof(t.dir), "%s", o.kit.dir);
	for (int i = 0; i < WORKERS; i++) {
		give(i, &t);
		(void)take(i);
	}
	return 0;
}

static int
teardown(void **state)
{
	int status, bad = 0;

	(void)state;
	for (int i = 0; i < WORKERS; i++) {
		(void)close(workers[i].ask);
		(void)waitpid(workers[i].pid, &status, 0);
		(void)close(workers[i].hear);
		bad |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	}
	office_close(&o);
	return bad;
}

/* Two acts of two people, and how often each came first. */
struct match {
	int who[2];
	struct job task[2];
	struct outcome got[2];
	int first[2], rounds;
	int lead_us; /* the pause of the first less that of the second */
	int64_t until;
};

static bool
another(struct match *m)
{
	if (m->until == 0)
		m->until = clock_boot() + ROUNDS_MS;
	return clock_boot() < m->until || m->rounds < ROUNDS_MIN;
}

static void
play(struct match *m)
{
	for (int i = 0; i < 2; i++) {
		struct job *t = &m->task[i];

		t->approval = o.kit.society->closing.approval;
		(void)snprintf(t->dir, sizeof(t->dir), "%s", o.kit.dir);
		t->pause_us = i == 0 && m->lead_us > 0	 ? m->lead_us
			      : i == 1 && m->lead_us < 0 ? -m->lead_us
							 : 0;
	}
	for (int i = 0; i < 2; i++)
		give(m->who[i], &m->task[i]);
	for (int i = 0; i < 2; i++)
		m->got[i] = take(m->who[i]);
	m->rounds++;
}

/* Whoever came first begins a little later next time. */
static void
won(struct match *m, int which)
{
	int step = STEP_US * (m->rounds < 6 ? 8 : 1);

	m->first[which]++;
	m->lead_us += which == 0 ? step : -step;
	if (m->lead_us > PAUSE_MAX_US)
		m->lead_us = PAUSE_MAX_US;
	if (m->lead_us < -PAUSE_MAX_US)
		m->lead_us = -PAUSE_MAX_US;
}

static void
over(const struct match *m, const char *what)
{
	print_message("%s: %d rounds, first %d and %d times\n", what, m->rounds,
	    m->first[0], m->first[1]);
	assert_true(m->rounds >= ROUNDS_MIN);
	assert_true(m->first[0] > 0);
	assert_true(m->first[1] > 0);
}

/* One did it; the other was told who did, and what. */
static void
one_wins(struct match *m)
{
	int w = m->got[0].rc == 0 ? 0 : 1, l = 1 - w;

	if (m->got[w].rc != 0 || m->got[l].rc == 0)
		fail_msg("both (%d, %d): \"%s\", \"%s\"", m->got[0].rc,
		    m->got[1].rc, m->got[0].text, m->got[1].text);
	if ((m->got[l].kind != ERR_CONFLICT && m->got[l].kind != ERR_DENIED) ||
	    strstr(m->got[l].text, logins[m->who[w]]) == NULL)
		fail_msg("%s is not told of %s: \"%s\" (%d)", logins[m->who[l]],
		    logins[m->who[w]], m->got[l].text, m->got[l].kind);
	won(m, w);
}

static int64_t
ask(const char *sql, struct uid uid)
{
	return ask_of(o.adele, sql, uid);
}

static void
prepared(struct uid *case_uid, struct consent *c, struct referral *r)
{
	struct referral_field f;

	*case_uid = case_of(o.amina, "Nadeesha Silva");
	*c = release_of(*case_uid);
	*r = (struct referral){ .uid = uid_new(),
		.case_uid = *case_uid,
		.recipient = "legal-partner",
		.purpose = "legal_advice",
		.mode = "full",
		.priority = "urgent",
		.reason = "wants advice about papers",
		.copy_safe = "no" };
	for (int i = 0; referral_field(i, &f); i++)
		if (strcmp(f.id, "name") == 0 || strcmp(f.id, "words") == 0)
			r->fields |= 1u << i;
	OK(consent_add(o.amina, c, &err));
	OK(referral_add(o.amina, r, &err));
}

/* What left is one row, one event and one state, or none of them. */
static int64_t
whole(struct uid uid)
{
	int64_t left =
	    ask("SELECT count(*) FROM disclosure WHERE case_uid = ?1", uid);

	assert_in_range(left, 0, 1);
	assert_int_equal(
	    ask("SELECT count(*) FROM referral_event e JOIN disclosure d ON "
		"d.case_uid = e.case_uid AND d.uid = e.disclosure "
		"WHERE e.case_uid = ?1 AND e.kind = 'sent'",
		uid),
	    left);
	assert_int_equal(ask("SELECT count(*) FROM referral_event "
			     "WHERE case_uid = ?1 AND kind = 'sent'",
			     uid),
	    left);
	assert_int_equal(ask("SELECT count(*) FROM referral WHERE "
			     "case_uid = ?1 AND state = 'sent'",
			     uid),
	    left);
	assert_int_equal(ask("SELECT count(*) FROM audit WHERE case_uid = ?1 "
			     "AND action = 'referral.send' AND wrote = 1 AND "
			     "outcome = 'done'",
			     uid),
	    left);
	return left;
}

static void
harm_03_taken_back_while_it_is_sent(void **state)
{
	struct match m = { .who = { SUNIL, AMINA } };
	struct consent c;
	struct referral r;
	struct uid uid;

	(void)state;
	while (another(&m)) {
		prepared(&uid, &c, &r);
		m.task[0] = (struct job){
			.act = WITHDRAW, .case_uid = uid, .record = c.uid
		};
		m.task[1] = (struct job){
			.act = SEND, .case_uid = uid, .record = r.uid
		};
		play(&m);
		/* Taking back always works, whatever else goes on. */
		assert_int_equal(m.got[0].rc, 0);
		assert_int_equal(whole(uid), m.got[1].rc == 0);
		assert_int_equal(m.got[0].told, m.got[1].rc == 0);
		assert_int_equal(
		    ask("SELECT count(*) FROM disclosure d JOIN consent w ON "
			"w.case_uid = d.case_uid AND w.decision = 'withdrawn' "
			"WHERE d.case_uid = ?1 AND (d.hlc >= w.hlc OR "
			"d.at > w.given_at)",
			uid),
		    0);
		assert_int_equal(
		    ask("SELECT count(*) FROM audit s JOIN audit w ON "
			"w.case_uid = s.case_uid AND w.action = "
			"'consent.withdraw' AND w.seq < s.seq WHERE "
			"s.case_uid = ?1 AND s.action = 'referral.send' AND "
			"s.outcome = 'done'",
			uid),
		    0);
		if (m.got[1].rc != 0) {
			assert_int_equal(m.got[1].kind, ERR_CONFLICT);
			assert_non_null(strstr(m.got[1].text, "sunil"));
			assert_int_equal(ask("SELECT count(*) FROM referral "
					     "WHERE case_uid = ?1 AND state = "
					     "'withdrawn'",
					     uid),
			    1);
		}
		won(&m, m.got[1].rc == 0 ? 1 : 0);
	}
	over(&m, "withdraw, send");
}

static void
sent_by_two(void **state)
{
	struct match m = { .who = { SUNIL, AMINA } };
	struct consent c;
	struct referral r;
	struct uid uid;

	(void)state;
	while (another(&m)) {
		prepared(&uid, &c, &r);
		m.task[0] = m.task[1] = (struct job){
			.act = SEND, .case_uid = uid, .record = r.uid
		};
		play(&m);
		one_wins(&m);
		assert_int_equal(whole(uid), 1);
	}
	over(&m, "send, send");
}

/* Both heard it: it is written down once, and those who were told hear it from
 * one of them. */
static void
taken_back_by_two(void **state)
{
	struct match m = { .who = { SUNIL, AMINA } };
	struct consent c;
	struct referral r;
	struct preview p;
	struct arena a;
	struct uid uid;

	(void)state;
	arena_init(&a);
	while (another(&m)) {
		prepared(&uid, &c, &r);
		OK(referral_send(
		    o.amina, uid, r.uid, uid_new(), "", NULL, &a, &p, &err));
		m.task[0] = m.task[1] = (struct job){
			.act = WITHDRAW, .case_uid = uid, .record = c.uid
		};
		play(&m);
		one_wins(&m);
		assert_int_equal(ask("SELECT count(*) FROM consent WHERE "
				     "case_uid = ?1 AND decision = "
				     "'withdrawn'",
				     uid),
		    1);
		assert_int_equal(ask("SELECT count(*) FROM recall_event "
				     "WHERE case_uid = ?1 AND kind = 'due'",
				     uid),
		    1);
	}
	arena_done(&a);
	over(&m, "withdraw, withdraw");
}

static int64_t
rev_of(struct uid uid)
{
	return ask("SELECT rev FROM case_file WHERE uid = ?1", uid);
}

/* Closing waits for a second person: one thing at a time is asked. */
static void
asked_to_close_or_handed_over(void **state)
{
	struct match m = { .who = { SUNIL, AMINA } };

	(void)state;
	o.kit.society->closing.approval = true;
	while (another(&m)) {
		struct uid uid = case_of(o.amina, "Ishara Perera");

		m.task[0] = (struct job){ .act = OFFER,
			.case_uid = uid,
			.to = session_user(o.bilal)->uid };
		m.task[1] = (struct job){
			.act = CLOSE, .case_uid = uid, .rev = rev_of(uid)
		};
		play(&m);
		one_wins(&m);
		assert_int_equal(
		    ask("SELECT count(*) FROM request WHERE case_uid = ?1",
			uid),
		    1);
		assert_int_equal(ask("SELECT count(*) FROM request_line "
				     "WHERE case_uid = ?1",
				     uid) > 0,
		    m.got[1].rc == 0);
	}
	o.kit.society->closing.approval = false;
	over(&m, "offer, ask to close");
}

/* Closing needs nobody else: two close, or one closes while one offers. */
static void
closed_by_two(void **state)
{
	struct match m = { .who = { SUNIL, AMINA } };

	(void)state;
	while (another(&m)) {
		struct uid uid = case_of(o.amina, "Kumari Fernando");
		bool offer = m.rounds % 2 == 1;

		m.task[0] = (struct job){ .act = offer ? OFFER : CLOSE,
			.case_uid = uid,
			.to = session_user(o.bilal)->uid,
			.rev = rev_of(uid) };
		m.task[1] = (struct job){
			.act = CLOSE, .case_uid = uid, .rev = rev_of(uid)
		};
		play(&m);
		one_wins(&m);
		assert_int_equal(
		    ask("SELECT count(*) FROM request WHERE case_uid = ?1",
			uid),
		    1);
		assert_int_equal(ask("SELECT count(*) FROM case_file WHERE "
				     "uid = ?1 AND closed_at > 0",
				     uid),
		    offer && m.got[0].rc == 0 ? 0 : 1);
		assert_int_equal(ask("SELECT count(*) FROM case_event WHERE "
				     "case_uid = ?1 AND kind = 'closed'",
				     uid),
		    offer && m.got[0].rc == 0 ? 0 : 1);
	}
	over(&m, "close or offer, close");
}

static void
taken_while_taken_back(void **state)
{
	struct match m = { .who = { BILAL, AMINA } };

	(void)state;
	while (another(&m)) {
		struct uid uid = case_of(o.amina, "Sithara Rodrigo");
		struct request r = { .uid = uid_new(),
			.case_uid = uid,
			.to_user = session_user(o.bilal)->uid,
			.reason = "speaks the person's language" };

		OK(transfer_ask(o.amina, &r, &err));
		m.task[0] = (struct job){
			.act = TAKE, .case_uid = uid, .record = r.uid
		};
		m.task[1] = (struct job){
			.act = TAKE_BACK, .case_uid = uid, .record = r.uid
		};
		play(&m);
		one_wins(&m);
		assert_int_equal(ask("SELECT count(*) FROM request_answer "
				     "WHERE case_uid = ?1",
				     uid),
		    1);
		assert_int_equal(ask("SELECT count(*) FROM case_file c JOIN "
				     "colleague k ON k.uid = c.owner WHERE "
				     "c.uid = ?1 AND k.login = 'bilal' AND "
				     "c.branch = 'branch-2'",
				     uid),
		    m.got[0].rc == 0);
	}
	over(&m, "take, take back");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_03_taken_back_while_it_is_sent),
		cmocka_unit_test(sent_by_two),
		cmocka_unit_test(taken_back_by_two),
		cmocka_unit_test(asked_to_close_or_handed_over),
		cmocka_unit_test(closed_by_two),
		cmocka_unit_test(taken_while_taken_back),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
