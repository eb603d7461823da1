/* SPDX-License-Identifier: ISC */
/* What whoever decides sees of a case since the form was opened. */
#include "leaves_kit.h"
#include "store/request.h"

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

/* A note changes no version of a case: what a colleague wrote while a closing
 * was being asked for is shown to who agrees to it; what the asker wrote
 * is not. */
static void
harm_14_what_came_while_it_was_asked_is_shown(void **state)
{
	struct uid uid = case_of(o.amina, "Tharindu Example");
	struct closing_sample c;
	struct case_file f;
	struct request r;
	struct session *sara =
	    vault_kit_user(&o.kit, "sara", ROLE_SUPERVISOR, "branch-1");
	bool closed;

	(void)state;
	o.kit.society->closing.approval = true;
	note_by(o.sunil, uid, "before any of it");
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	closing_make(&c, uid, "goals_met", "all done");
	note_by(o.sunil, uid, "a man asked for her at the door");
	note_by(o.amina, uid, "the last visit");
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
	assert_false(closed);
	note_by(o.sunil, uid, "he came back");
	OK(case_open(sara, uid, "to decide", &arena, &f, &err));
	OK(request_open(sara, uid, c.r.uid, &arena, &r, &err));
	assert_int_equal(r.n_since, 2);
	for (size_t i = 0; i < r.n_since; i++)
		assert_string_equal(r.since[i].by, "sunil");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_14_what_came_while_it_was_asked_is_shown),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
