/* SPDX-License-Identifier: ISC */
/* What whoever decides sees of a case since the form was opened. */
#include "leaves_kit.h"
#include "store/request.h"

static struct session *decides;

static void
note_by(struct session *s, struct uid uid, const char *text)
{
	const struct note n = {
		.uid = uid_new(), .case_uid = uid, .kind = "fact", .text = text
	};
	struct case_file f;

	now_ms += CLOCK_MINUTE;
	OK(case_open(s, uid, "covering for amina", &arena, &f, &err));
	OK(note_add(s, &n, &err));
	now_ms += CLOCK_MINUTE;
}

/* A note changes no version of a case.  What a colleague wrote while a closing was
 * being asked for is seen by who asks, and by who agrees to it; what one wrote
 * oneself is not. */
static void
harm_14_what_came_while_it_was_asked_is_shown(void **state)
{
	struct uid uid = case_of(o.amina, "Tharindu Example");
	struct closing_sample c;
	struct case_file f;
	struct request r;
	bool closed;

	(void)state;
	o.kit.society->closing.approval = true;
	note_by(o.sunil, uid, "before any of it");
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	closing_make(&c, uid, "goals_met", "all done");
	note_by(o.sunil, uid, "a man asked for her at the door");
	note_by(o.amina, uid, "the last visit");
	REFUSED(ERR_CONFLICT, case_close(o.amina, &f.rev, &c.r, &closed, &err));
	OK(request_since(o.amina, &c.r, &arena, &err));
	assert_int_equal(c.r.n_since, 1);
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
	assert_false(closed);
	note_by(o.sunil, uid, "he came back");
	OK(case_open(decides, uid, "to decide", &arena, &f, &err));
	OK(request_open(decides, uid, c.r.uid, &arena, &r, &err));
	assert_int_equal(r.n_since, 2);
	for (size_t i = 0; i < r.n_since; i++)
		assert_string_equal(r.since[i].by, "sunil");
	assert_int_equal(r.seen, r.since[0].seq);
}

/* Nobody is asked for a second word here: who closes alone sees it as well. */
static void
harm_14_a_note_beside_a_closing_is_seen_by_who_closes_alone(void **state)
{
	struct uid uid = case_of(o.amina, "Dilani Example");
	struct closing_sample c;
	struct case_file f;
	bool closed = false;

	(void)state;
	o.kit.society->closing.approval = false;
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	closing_make(&c, uid, "goals_met", "all done");
	note_by(o.sunil, uid, "they called: he is back");
	REFUSED(ERR_CONFLICT, case_close(o.amina, &f.rev, &c.r, &closed, &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_false(f.closed);
	OK(request_since(o.amina, &c.r, &arena, &err));
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
	assert_true(closed);
}

/* Agreed is to what was read, and the store says so: between the reading and the
 * answer no colleague comes. */
static void
harm_14_agreed_is_to_what_was_read(void **state)
{
	struct uid uid = case_of(o.amina, "Kasun Example");
	struct closing_sample c;
	struct request r;
	struct case_file f;
	bool closed;

	(void)state;
	o.kit.society->closing.approval = true;
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	closing_make(&c, uid, "goals_met", "all done");
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
	OK(case_open(decides, uid, "to decide", &arena, &f, &err));
	OK(request_open(decides, uid, c.r.uid, &arena, &r, &err));
	note_by(o.sunil, uid, "she wants to go on");
	REFUSED(ERR_CONFLICT, request_answer(decides, uid, c.r.uid,
				  ANSWER_ACCEPT, "", r.rev, r.seen, &err));
	/* Not now takes no reading again. */
	OK(request_open(decides, uid, c.r.uid, &arena, &r, &err));
	assert_int_equal(r.answered_at, 0);
	note_by(o.sunil, uid, "once more");
	OK(request_answer(decides, uid, c.r.uid, ANSWER_REFUSE,
	    "she wants to go on", r.rev, r.seen, &err));
}

static int
office_of_three(void **state)
{
	int rc = setup(state);

	decides = vault_kit_user(&o.kit, "sara", ROLE_SUPERVISOR, "branch-1");
	return rc;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_14_a_note_beside_a_closing_is_seen_by_who_closes_alone),
		T(harm_14_agreed_is_to_what_was_read),
		T(harm_14_what_came_while_it_was_asked_is_shown),
	};

	return cmocka_run_group_tests(tests, office_of_three, teardown);
}
