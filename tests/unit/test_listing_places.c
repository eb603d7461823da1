/* SPDX-License-Identifier: ISC */
/* Who serves a place, as the directory is searched for it. */
#include "ui_kit.h"

#include "app/app.h"
#include "ui/filter.h"
#include "../../screens/listing_words.h"

static const struct locality places[] = {
	{ .id = "north",
	    .label = "Northern Province",
	    .also = "",
	    .within = "" },
	{ .id = "harbour",
	    .label = "Harbour Town",
	    .also = "Porto",
	    .within = "north" },
	{ .id = "hill", .label = "Hill Town", .also = "", .within = "north" },
	{ .id = "south",
	    .label = "Southern Province",
	    .also = "",
	    .within = "" },
};
static const struct labelled offices[] = {
	{ .id = "branch-1", .label = "Lake Office", .help = "" },
};

static struct world {
	struct app app;
	struct society society;
	struct view view;
} w;

static int
setup(void **state)
{
	(void)state;
	w = (struct world){ .society = { .places = places,
				.n_places = COUNT(places),
				.branches = { offices, COUNT(offices) } } };
	w.app.society = &w.society;
	w.view.app = &w.app;
	arena_init(&w.view.arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_done(&w.view.arena);
	return 0;
}

static void
a_place_finds_who_serves_it(void **state)
{
	static const struct {
		const char *serves, *where, *typed;
		bool found;
	} rows[] = {
		/* The town itself, by any name. */
		{ "harbour", "dock road", "harbour", true },
		{ "harbour", "dock road", "porto", true },
		{ "harbour", "dock road", "hill", false },
		/* A town from the area around it, and the other way. */
		{ "north", "north", "hill town", true },
		{ "north", "north", "southern", false },
		{ "harbour", "dock road", "northern", true },
		/* All from the whole country, where a branch is, too. */
		{ "country", "capital", "porto", true },
		{ "country", "capital", "southern", true },
		{ "country", "capital", "lake", true },
		{ "", "somewhere", "harbour", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *const serves[] = { rows[i].serves };
		const struct recipient r = { .area = rows[i].where,
			.serves = serves,
			.n_serves = rows[i].serves[0] != '\0' };
		struct key k = kit_paste(rows[i].typed);
		struct filter f;

		filter_init(&f);
		filter_start(&f);
		(void)filter_key(&f, &k);
		if (filter_match(&f, listing_places(&w.view, &r)) !=
		    rows[i].found)
			fail_msg("%s for %s", rows[i].serves, rows[i].typed);
		filter_done(&f);
		assert_string_equal(listing_where(&r),
		    strcmp(rows[i].serves, "country") == 0 ? "whole country"
							   : rows[i].where);
	}
}

static void
says_what_it_serves(void **state)
{
	static const char *const some[] = { "harbour", "south" };
	const struct recipient r = {
		.area = "", .serves = some, .n_serves = 2
	};

	(void)state;
	assert_string_equal(
	    listing_serves(&w.view, &r), "Harbour Town, Southern Province");
	assert_false(recipient_countrywide(&r));
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_place_finds_who_serves_it),
		T(says_what_it_serves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
