/* SPDX-License-Identifier: ISC */
/* What the overview and the page of consents say of a person under two codes. */
#include "join_kit.h"

/* The release to the legal service as the page of consents has it. */
static struct consent
listed(struct uid uid)
{
	struct consents all;
	struct consent found = { .state = "none" };
	size_t n = 0;

	OK(consent_list(o.amina, uid, false, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.list[i].recipient, LEGAL) == 0) {
			found = all.list[i];
			n++;
		}
	assert_true(n <= 1);
	return found;
}

/* Nothing was said under the code that goes on: the page, the overview and the
 * gate know what was said under the other. */
static void
harm_03_what_was_said_under_the_other_code_alone_is_shown(void **state)
{
	static const struct {
		const char *said, *state;
		bool anew;
		int given, refused, ended;
		enum egress_why gate;
	} rows[] = {
		{ "no", "refused", false, 0, 1, 0, EGRESS_REFUSED },
		{ "not_now", "not_now", false, 0, 1, 0, EGRESS_NOT_NOW },
		{ "yes", "given", true, 0, 0, 0, EGRESS_NOT_ASKED },
		{ "withdrawn", "withdrawn", false, 0, 0, 1, EGRESS_WITHDRAWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct two t = two_codes("Samanthi Silva");
		bool ends = strcmp(rows[i].said, "withdrawn") == 0;
		struct uid said =
		    agrees(o.zoya, t.b, ends ? "yes" : rows[i].said);
		struct disclosures told;
		struct case_file f;
		struct consent c;

		if (ends)
			OK(consent_withdraw(o.zoya, t.b, said, uid_new(),
			    "by telephone", &arena, &told, &err));
		assert_string_equal(listed(t.a).state, "none");
		join(&t, NULL, 0);
		c = listed(t.a);
		f = look(o.amina, t.a);
		assert_string_equal(c.state, rows[i].state);
		assert_int_equal(c.ask_anew, rows[i].anew);
		assert_string_equal(c.other_code, f.joined_code);
		assert_true(uid_eq(&c.case_uid, &t.b));
		assert_int_equal(f.releases_given, rows[i].given);
		assert_int_equal(f.releases_refused, rows[i].refused);
		assert_int_equal(f.releases_ended, rows[i].ended);
		assert_int_equal(f.releases_anew, rows[i].anew);
		assert_int_equal(gate(o.amina, t.a), rows[i].gate);
		/* Asked here: that is what stands, once. */
		(void)agrees(o.amina, t.a, "yes");
		assert_string_equal(listed(t.a).state, "given");
		assert_string_equal(listed(t.a).other_code, "");
		f = look(o.amina, t.a);
		assert_int_equal(f.releases_given, 1);
		assert_int_equal(f.releases_anew, 0);
		assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	}
}

static void
says_together(struct session *s, struct uid uid, const char *decision)
{
	struct consent c = release_of(uid);

	c.kind = "work_together";
	c.recipient = c.purpose = "";
	c.scope = 0;
	c.decision = decision;
	c.given_at = 0;
	OK(consent_add(s, &c, &err));
}

/* Of two yeses what both let go; of working together the more careful word. */
static void
harm_03_two_codes_are_shown_as_the_careful_one(void **state)
{
	struct two t = two_codes("Champika Perera");
	struct consent less = release_of(t.b);
	unsigned all;

	(void)state;
	(void)agrees(o.amina, t.a, "yes");
	all = listed(t.a).scope;
	less.scope = data_scope_bit(DATA_NEEDS);
	less.given_at = 0;
	OK(consent_add(o.zoya, &less, &err));
	says_together(o.zoya, t.b, "no");
	assert_string_equal(look(o.amina, t.a).work_together, "yes");
	join(&t, NULL, 0);
	assert_int_not_equal(all, less.scope);
	assert_int_equal(listed(t.a).scope, less.scope);
	assert_string_equal(
	    listed(t.a).other_code, look(o.amina, t.a).joined_code);
	assert_string_equal(look(o.amina, t.a).work_together, "no");
	says_together(o.amina, t.a, "yes");
	assert_string_equal(look(o.amina, t.a).work_together, "yes");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		T(harm_03_what_was_said_under_the_other_code_alone_is_shown),
		T(harm_03_two_codes_are_shown_as_the_careful_one),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
