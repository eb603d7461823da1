/* SPDX-License-Identifier: ISC */
/* The shipped societies are whole; a change for the worse is found where it
 * is. */
#include "society_kit.h"

static void
whole(void **state)
{
	const struct society *s = societies[1];

	(void)state;
	assert_non_null(societies[0]);
	assert_non_null(s);
	assert_string_equal(s->time_zone, "Asia/Colombo");
	assert_int_equal(s->weekend, 1u | 1u << 6);
	assert_int_equal(s->n_catalogues, 4);
	assert_int_equal(s->n_risks, 4);
	assert_int_equal(society_risk(s, "urgent"), 0);
	assert_int_equal(society_risk(s, "low"), 3);
	assert_int_equal(society_risk(s, "none"), -1);
	assert_string_equal(s->risks[0].mark, "!!!");
	assert_int_equal(s->risks[2].follow_up.amount, 10);
	assert_int_equal(s->risks[2].follow_up.unit, SPAN_WORKING_DAYS);
	assert_string_equal(label_of(&s->branches, "jaffna"), "Jaffna");
	assert_string_equal(label_of(&s->branches, "gone"), "gone");
	assert_true(society_place_in(s, "matara", "southern"));
	assert_true(society_place_in(s, "matara", "matara"));
	assert_false(society_place_in(s, "southern", "matara"));
	assert_false(society_place_in(s, "matara", "northern"));
	assert_int_equal(society_consent(s, "release")->default_days, 90);
	assert_true(society_consent(s, "release")->needs_recipient);
	assert_null(society_consent(s, "magic"));
	assert_null(society_catalogue(s, "magic"));
	assert_int_equal(society_catalogue(s, "ilo12")->n_items, 11);
	assert_null(society_recipient(s, "magic"));
	assert_string_equal(
	    society_recipient(s, "legal-aid-commission")->purposes[1],
	    "wage_claim");
	assert_int_equal(s->device.lock_seconds, 90);
	assert_int_equal(
	    s->grants.scope[ROLE_CASEWORKER][PERM_QUEUE], SCOPE_BRANCH);
	assert_true(s->source_len > 20000);
}

static bool
is_holiday(const struct society *s, int year, int month, int day)
{
	for (size_t i = 0; i < s->n_holidays; i++) {
		if (s->holidays[i].day == clock_days(year, month, day))
			return true;
	}
	return false;
}

static void
sri_lanka_calendar(void **state)
{
	const struct society *s = societies[1];

	(void)state;
	assert_true(is_holiday(s, 2026, 11, 24)); /* Il Poya */
	assert_true(is_holiday(s, 2026, 12, 25));
	assert_true(is_holiday(s, 2027, 4, 14));
	assert_false(is_holiday(s, 2026, 11, 23));
}

/* The codes the rules act upon all have words, in every shipped file. */
static void
codes_have_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct society *s = societies[i];

		assert_int_equal(s->outcomes.n, OUTCOME_COUNT);
		assert_int_equal(s->data_scopes.n, DATA_COUNT);
		for (size_t j = 0; j < s->outcomes.n; j++)
			assert_true(screening_outcome_from_name(
					s->outcomes.list[j].id) >= 0);
		for (size_t j = 0; j < s->data_scopes.n; j++)
			assert_true(data_scope_from_name(
					s->data_scopes.list[j].id) >= 0);
	}
}

/* No role is granted what rules/access.h would take away again. */
static void
grants_within_the_fence(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		for (int r = 0; r < ROLE_COUNT; r++) {
			for (int p = 0; p < PERM_COUNT; p++)
				assert_int_equal(
				    access_check_grants(&societies[i]->grants,
					(enum role)r, (enum permission)p),
				    0);
		}
	}
}

static void
without(const char *text)
{
	static const char *const words[] = { "victim", "illegal", "rescue",
		"prostitut", "interrogat", "interview", "suspect", "confess",
		"alleg", "complian", "uncooperative", "refused", "score",
		"verdict", "in total", "is trafficked", NULL };

	for (const char *const *w = words; *w != NULL; w++) {
		if (strcasestr(text, *w) != NULL)
			fail_msg("\"%s\" has \"%s\"", text, *w);
	}
}

static void
labels_without(const struct labels *labels)
{
	for (size_t i = 0; i < labels->n; i++) {
		without(labels->list[i].label);
		without(labels->list[i].help);
	}
}

static void
silent(const char *text)
{
	if (strcasestr(text, "traffick") != NULL)
		fail_msg("a list would show \"%s\"", text);
}

/* What a list or a title shows, somebody behind the worker reads, too. */
static void
harm_01_no_list_says_what_it_is_about(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct society *s = societies[i];
		const struct labels *all[] = { &s->services, &s->domains,
			&s->purposes, &s->information, &s->reasons_closed };

		for (size_t j = 0; j < sizeof(all) / sizeof(all[0]); j++)
			for (size_t k = 0; k < all[j]->n; k++)
				silent(all[j]->list[k].label);
		for (size_t j = 0; j < s->n_recipients; j++)
			silent(s->recipients[j].name);
		for (size_t j = 0; j < s->n_mechanisms; j++)
			silent(s->mechanisms[j].label);
		for (size_t j = 0; j < s->n_catalogues; j++)
			silent(s->catalogues[j]->title);
	}
}

/* How somebody is reached is no way in which people come. */
static void
ways_to_reach_are_a_list_of_their_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		struct society s = *societies[i];
		const struct labels *ways = society_ways(&s);

		assert_ptr_equal(ways, &s.contact_ways);
		for (size_t j = 0; j < ways->n; j++) {
			assert_string_not_equal(ways->list[j].id, "walk_in");
			assert_string_not_equal(ways->list[j].id, "referred");
		}
		assert_string_equal(
		    society_way(&s, "through"), "Through somebody they chose");
		/* Written before ways had a list. */
		assert_string_equal(society_way(&s, "walk_in"),
		    label_of(&s.channels, "walk_in"));
		assert_string_equal(society_way(&s, "pigeon"), "pigeon");
		/* A configuration from before. */
		s.contact_ways = (struct labels){ .n = 0 };
		assert_true(society_ways(&s)->n >= 6);
		assert_string_equal(society_way(&s, "text"), "Text message");
	}
}

static void
harm_06_no_verdict_in_a_society(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct society *s = societies[i];
		const struct labels *all[] = { &s->branches, &s->services,
			&s->domains, &s->purposes, &s->channels,
			&s->contact_ways, &s->information, &s->checklist,
			&s->sexes, &s->age_groups, &s->interpreters,
			&s->reasons_closed, &s->outcomes, &s->contact_outcomes,
			&s->data_scopes };

		for (size_t j = 0; j < sizeof(all) / sizeof(all[0]); j++)
			labels_without(all[j]);
		for (size_t j = 0; j < s->n_scripts; j++)
			without(s->scripts[j].text);
		for (size_t j = 0; j < s->n_risks; j++)
			without(s->risks[j].meaning);
		for (size_t j = 0; j < s->n_recipients; j++)
			without(s->recipients[j].conditions);
		assert_non_null(strstr(s->absence,
		    "absence of indicators does not mean the absence of "
		    "exploitation"));
		without(s->come_back);
		without(s->cover_name);
		/* Nor what it is about, on paper somebody may find. */
		assert_null(strcasestr(s->cover_name, "traffick"));
		assert_null(strcasestr(s->cover_name, "red c"));
	}
}

static void
harm_10_every_number_is_dated(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct society *s = societies[i];

		assert_true(s->n_numbers > 0);
		for (size_t j = 0; j < s->n_numbers; j++) {
			assert_true(s->numbers[j].verified_on > 0);
			assert_in_range(s->numbers[j].recheck_by -
					    s->numbers[j].verified_on,
			    1, 90);
		}
		for (size_t j = 0; j < s->n_recipients; j++)
			assert_in_range(s->recipients[j].recheck_by -
					    s->recipients[j].verified_on,
			    1, 90);
	}
}

/* Who answers is known before a number is given. */
static void
police_lines_say_so(void **state)
{
	const struct society *s = societies[1];
	size_t police = 0;

	(void)state;
	for (size_t j = 0; j < s->n_numbers; j++) {
		bool is = strcmp(s->numbers[j].number, "119") == 0 ||
			  strcmp(s->numbers[j].number, "109") == 0;

		assert_int_equal(s->numbers[j].police_run, is);
		police += is;
	}
	assert_int_equal(police, 2);
}

static void
harm_18_unapproved_script_cannot_be_picked(void **state)
{
	static const char *const kinds[] = { "work_together", "release",
		"statistics", "limits" };
	const struct society *s = societies[1];
	size_t registered = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct script *en = society_script(s, kinds[i], "en");

		assert_non_null(en);
		assert_true(en->approved);
		assert_true(strlen(en->text) > 100);
		assert_null(society_script(s, kinds[i], "si"));
		assert_null(society_script(s, kinds[i], "ta"));
		assert_null(society_script(s, kinds[i], "xx"));
	}
	for (size_t i = 0; i < s->n_scripts; i++)
		registered += !s->scripts[i].approved;
	assert_int_equal(registered, 8);
}

static void
harm_18_newest_approved_script(void **state)
{
	const struct script scripts[] = {
		{ .id = "a",
		    .kind = "release",
		    .language = "en",
		    .version = "2",
		    .approved = true,
		    .approved_on = 20 },
		{ .id = "b",
		    .kind = "release",
		    .language = "en",
		    .version = "1",
		    .approved = true,
		    .approved_on = 10 },
		{ .id = "c",
		    .kind = "release",
		    .language = "en",
		    .version = "3",
		    .approved = false,
		    .approved_on = 30 },
		{ .id = "d",
		    .kind = "release",
		    .language = "ta",
		    .version = "4",
		    .approved = true,
		    .approved_on = 40 },
	};
	const struct society s = { .scripts = scripts, .n_scripts = 4 };

	(void)state;
	assert_string_equal(society_script(&s, "release", "en")->id, "a");
	assert_null(society_script(&s, "limits", "en"));
}

/* --- the guide ------------------------------------------------------------------ */
int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(sri_lanka_calendar),
		cmocka_unit_test(codes_have_words),
		cmocka_unit_test(grants_within_the_fence),
		cmocka_unit_test(harm_01_no_list_says_what_it_is_about),
		cmocka_unit_test(ways_to_reach_are_a_list_of_their_own),
		cmocka_unit_test(harm_06_no_verdict_in_a_society),
		cmocka_unit_test(harm_10_every_number_is_dated),
		cmocka_unit_test(police_lines_say_so),
		cmocka_unit_test(harm_18_unapproved_script_cannot_be_picked),
		cmocka_unit_test(harm_18_newest_approved_script),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
