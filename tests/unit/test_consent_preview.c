/* SPDX-License-Identifier: ISC */
/* What a recipient would see, and what nobody ever does. */
#include "consent_kit.h"
#include "store/followup.h"
#include "store/screening.h"

/* --- what would be sent ------------------------------------------------------------------------- */

static void
a_preview_has_the_scopes_and_no_more(void **state)
{
	static const struct {
		enum data_scope scope;
		const char *says; /* a value that belongs to it */
	} scopes[] = {
		{ DATA_NAME, "Savithri Gamage" },
		{ DATA_CONTACT, "weekdays 9 to 11" },
		{ DATA_LOCATION, "near the lagoon" },
		{ DATA_NEEDS, "a safe place tonight" },
		{ DATA_CHILDREN, "no" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++) {
		struct consent c = release_of(uid);
		struct preview p;

		c.scope = data_scope_bit(scopes[i].scope);
		OK(consent_add(o.amina, &c, &err));
		p = preview(c.uid);
		assert_true(sends(&p, scopes[i].says));
		for (size_t k = 0; k < p.n; k++) {
			assert_int_equal(p.list[k].released,
			    p.list[k].scope == (int)scopes[i].scope);
			if (!p.list[k].released)
				assert_string_equal(p.list[k].value, "");
		}
		for (size_t k = 0; k < sizeof(scopes) / sizeof(scopes[0]); k++)
			assert_true(k == i || strlen(scopes[k].says) < 4 ||
				    !sends(&p, scopes[k].says));
	}
}

static void
a_preview_opens_no_more_than_it_needs(void **state)
{
	static const char opened[] =
	    "SELECT count(*) FROM audit WHERE action = 'consent.preview'";
	struct consent c = release_of(uid);
	int64_t before = ask_identity(o.amina, opened);

	(void)state;
	c.scope = data_scope_bit(DATA_NEEDS);
	OK(consent_add(o.amina, &c, &err));
	(void)preview(c.uid);
	assert_int_equal(ask_identity(o.amina, opened), before);
	c = release_of(uid);
	OK(consent_add(o.amina, &c, &err));
	(void)preview(c.uid);
	assert_int_equal(ask_identity(o.amina, opened), before + 1);
	assert_int_equal(
	    ask_identity(o.amina, "SELECT count(*) FROM audit WHERE action = "
				  "'consent.preview' AND "
				  "fields = 'name,other_names'") >= 1,
	    1);
}

static void
who_is_not_to_be_contacted_is_not_passed_on(void **state)
{
	struct consent c = release_of(uid);
	struct safe_contact safe;
	struct sample s;
	struct preview p;

	(void)state;
	c.scope = data_scope_bit(DATA_CONTACT);
	OK(consent_add(o.amina, &c, &err));
	/* The number stands behind its instruction here too. */
	p = preview(c.uid);
	assert_false(sends(&p, "123 4567"));
	OK(contact_instruction(o.amina, uid, &arena, &safe, &err));
	p = preview(c.uid);
	assert_true(sends(&p, "123 4567"));
	sample_make(&s, "", "+94 77 123 4567");
	s.safe.uid = uid_new();
	s.safe.stop = true;
	OK(contact_put(o.amina, uid, &s.safe, &err));
	OK(contact_instruction(o.amina, uid, &arena, &safe, &err));
	p = preview(c.uid);
	assert_false(sends(&p, "123 4567"));
	assert_int_equal(released(&p), 0);
}

/* What holds our own calls back holds theirs back: what is passed on says
 * nothing about how to reach the person. */
static void
harm_02_a_held_number_is_not_passed_on(void **state)
{
	struct uid held = case_of(o.amina, "Nirmala Cooray");
	struct uid tried = case_of(o.amina, "Pavithra Cooray");
	const struct uid cases[] = { held, tried };
	const char *const outcomes[] = { "reached_could_not_talk",
		"no_answer" };
	struct safe_contact safe;
	struct preview p;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct consent c = release_of(cases[i]);
		struct attempt t = { .case_uid = cases[i],
			.channel = "phone",
			.outcome = outcomes[i],
			.word = i == 0 ? "danger" : "",
			.next_none = "they come on Friday",
			.risk = -1 };

		c.scope = data_scope_bit(DATA_CONTACT);
		OK(consent_add(o.amina, &c, &err));
		OK(contact_instruction(o.amina, cases[i], &arena, &safe, &err));
		OK(consent_preview(o.amina, cases[i], c.uid, &arena, &p, &err));
		assert_true(sends(&p, "123 4567"));
		/* As often as the sample agrees, three times. */
		for (int n = 0; n < 3; n++) {
			t.uid = uid_new();
			OK(followup_attempt(o.amina, &t, &err));
		}
		OK(consent_preview(o.amina, cases[i], c.uid, &arena, &p, &err));
		assert_false(sends(&p, "123 4567"));
		assert_int_equal(released(&p), 0);
	}
}

/* Everything a person could be harmed by that they told for another reason:
 * in no preview, whatever was ticked (harm registers 6 and 16). */
static void
harm_16_offence_not_released(void **state)
{
	struct answer a = { "ilo12.07", "clear_sign", "person",
		"Ocelot: false papers" };
	const struct screening s = { .uid = uid_new(),
		.case_uid = uid,
		.catalogue = "ilo12",
		.list = "",
		.language = "en",
		.interpreter = "none",
		.seen_alone = "yes",
		.gate_open = true,
		.outcome = "concern_offer_link",
		.wants = "Ocelot: papers back",
		.note = "Ocelot",
		.answers = &a,
		.n_answers = 1 };
	struct note n = { .uid = uid_new(),
		.case_uid = uid,
		.kind = "said",
		.text = "Ocelot: carried a false passport" };
	struct consent c = release_of(uid);
	int64_t rev =
	    ask_of(o.amina, "SELECT rev FROM case_file WHERE uid = ?1", uid);
	struct preview p;

	(void)state;
	OK(screening_add(o.amina, &s, &err));
	OK(note_add(o.amina, &n, &err));
	OK(flag_set(o.amina, uid, uid_new(), "Ocelot: court", NULL, &err));
	OK(case_set_risk(
	    o.amina, uid, &rev, 0, "Ocelot: raid", &arena, NULL, &err));
	c.scope = (1u << DATA_COUNT) - 1;
	OK(consent_add(o.amina, &c, &err));
	p = preview(c.uid);
	assert_true(released(&p) >= 8);
	assert_false(sends(&p, "Ocelot"));
	assert_false(sends(&p, "concern"));
	assert_false(sends(&p, "Urgent"));
	/* What was told as an account leaves with that scope alone. */
	n.uid = uid_new();
	n.account = true;
	n.text = "Pangolin: the journey";
	OK(note_add(o.amina, &n, &err));
	p = preview(c.uid);
	assert_true(sends(&p, "Pangolin"));
	assert_false(sends(&p, "Ocelot"));
	c = release_of(uid);
	c.scope = ((1u << DATA_COUNT) - 1) & ~data_scope_bit(DATA_ACCOUNT);
	OK(consent_add(o.amina, &c, &err));
	p = preview(c.uid);
	assert_false(sends(&p, "Pangolin"));
}

/* Agreed to and not recorded is not the same as kept back: of somebody who gave
 * no name, none is "not sent". */
static void
nothing_is_kept_back_of_what_was_never_said(void **state)
{
	const unsigned agreed =
	    data_scope_bit(DATA_NAME) | data_scope_bit(DATA_LOCATION);
	char code[CODE_SIZE];
	struct consent c;
	struct sample s;
	struct preview p;

	(void)state;
	sample_make(&s, "", "");
	s.in.anonymous = true;
	s.in.person = NULL;
	OK(intake_save(o.amina, &s.in, code, &err));
	c = release_of(s.in.case_uid);
	c.scope = agreed;
	OK(consent_add(o.amina, &c, &err));
	OK(consent_preview(o.amina, s.in.case_uid, c.uid, &arena, &p, &err));
	for (size_t i = 0; i < p.n; i++)
		assert_int_equal(
		    agreed & data_scope_bit((enum data_scope)p.list[i].scope),
		    0);
}

static void
a_preview_of_what_is_no_release(void **state)
{
	struct consents all = list(false);
	struct preview p;

	(void)state;
	assert_true(all.n >= 1);
	assert_string_equal(all.list[0].kind, "work_together");
	p = preview(all.list[0].uid);
	assert_int_equal(released(&p), 0);
	assert_string_not_equal(p.why, "");
	REFUSED(ERR_NOT_FOUND,
	    consent_preview(o.amina, uid, uid_new(), &arena, &p, &err));
	REFUSED(ERR_DENIED,
	    consent_preview(o.bilal, uid, all.list[0].uid, &arena, &p, &err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_preview_has_the_scopes_and_no_more),
		T(a_preview_opens_no_more_than_it_needs),
		T(who_is_not_to_be_contacted_is_not_passed_on),
		T(harm_02_a_held_number_is_not_passed_on),
		T(harm_16_offence_not_released),
		T(nothing_is_kept_back_of_what_was_never_said),
		T(a_preview_of_what_is_no_release),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
