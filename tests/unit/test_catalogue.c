/* SPDX-License-Identifier: ISC */
/* The shipped catalogues are whole, and say nothing that could harm. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "config/society_inside.h"

static struct arena arena;
static struct catalogue ilo09, ilo12, unodc, own;
static const struct shipped {
	const char *name;
	struct catalogue *catalogue;
	size_t items, groups;
} shipped[] = { { "ilo09", &ilo09, 67, 6 }, { "ilo12", &ilo12, 11, 1 },
	{ "unodc", &unodc, 119, 6 }, { "own", &own, 13, 4 } };
#define N_SHIPPED (sizeof(shipped) / sizeof(shipped[0]))

static int
read_shipped(void **state)
{
	struct problems p = { 0 };
	struct buf source;
	const char *top = getenv("AMPARO_SOURCE");
	char path[512];

	(void)state;
	arena_init(&arena);
	buf_init(&source);
	for (size_t i = 0; i < N_SHIPPED; i++) {
		snprintf(path, sizeof(path), "%s/config/catalogues/%s.cfg",
		    top == NULL ? "." : top, shipped[i].name);
		if (catalogue_read(path, shipped[i].name, shipped[i].catalogue,
			&arena, &source, &p) != 0)
			print_error("%s:%d: %s\n", p.list[0].file,
			    p.list[0].line, p.list[0].text);
	}
	buf_done(&source);
	problems_done(&p);
	return 0;
}

static int
free_shipped(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void
complete(void **state)
{
	size_t all = 0;

	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct catalogue *c = shipped[i].catalogue;

		assert_string_equal(c->id, shipped[i].name);
		assert_int_equal(c->n_items, shipped[i].items);
		assert_int_equal(c->n_groups, shipped[i].groups);
		assert_true(strlen(c->attribution) > 0);
		assert_true(strlen(c->version) > 0);
		assert_string_equal(c->language, "en");
		assert_non_null(strstr(c->about, "is not a no"));
		for (size_t j = 0; j < c->n_items; j++) {
			const struct indicator *item = &c->items[j];

			assert_true(strlen(item->text) > 0);
			assert_null(strchr(item->text, '?'));
			assert_in_range(
			    item->elicit, ELICIT_OBSERVE, ELICIT_NEVER_ASK);
			assert_non_null(catalogue_group_title(c, item->group));
			assert_ptr_equal(catalogue_item(c, item->id), item);
		}
		all += c->n_items;
	}
	assert_int_equal(all, 210);
	assert_null(catalogue_item(&own, "own.fc.99"));
	assert_null(catalogue_group_title(&own, "no"));
}

/* Numbers of items in each dimension of list AL: 10 + 10 + 16 + 9 + 15 + 7,
 * as published by ILO/EC 2009; CL has 65 and no weak ones. */
static void
ilo_lists(void **state)
{
	static const struct {
		const char *group;
		size_t n;
	} dimensions[] = { { "dr", 10 }, { "cr", 10 }, { "rv", 16 },
		{ "ex", 9 }, { "cd", 15 }, { "vd", 7 } };
	size_t al = 0, cl = 0;

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		size_t n = 0;

		for (size_t j = 0; j < ilo09.n_items; j++)
			n += strcmp(ilo09.items[j].group,
				 dimensions[i].group) == 0;
		assert_int_equal(n, dimensions[i].n);
	}
	for (size_t j = 0; j < ilo09.n_items; j++) {
		const struct indicator *item = &ilo09.items[j];

		al += item->weights[LIST_AL] != WEIGHT_NONE;
		cl += item->weights[LIST_CL] != WEIGHT_NONE;
		assert_int_not_equal(item->weights[LIST_CL], WEIGHT_WEAK);
		assert_true(item->n_maps > 0);
		for (size_t k = 0; k < item->n_maps; k++)
			assert_non_null(catalogue_item(&ilo12, item->maps[k]));
	}
	assert_int_equal(al, 67);
	assert_int_equal(cl, 65);
	assert_true(catalogue_list_verified(&ilo09, LIST_AL));
	assert_true(catalogue_list_verified(&ilo09, LIST_CL));
	assert_false(catalogue_list_verified(&ilo09, LIST_AS));
	assert_false(catalogue_list_verified(&ilo09, LIST_CS));
	assert_false(catalogue_list_verified(&unodc, LIST_AL));
	/* Heavier at destination than at recruitment. */
	assert_int_equal(
	    catalogue_item(&ilo09, "ilo09.cr.05")->weights[LIST_AL],
	    WEIGHT_MEDIUM);
	assert_int_equal(
	    catalogue_item(&ilo09, "ilo09.cd.01")->weights[LIST_AL],
	    WEIGHT_STRONG);
}

/* Means (deception, coercion, vulnerability) are never asked about. */
static void
means_not_asked(void **state)
{
	(void)state;
	for (size_t j = 0; j < ilo09.n_items; j++) {
		if (strcmp(ilo09.items[j].group, "ex") != 0)
			assert_int_not_equal(
			    ilo09.items[j].elicit, ELICIT_MAY_ASK);
	}
}

static void
bias_is_off(void **state)
{
	static const char *const off[] = { "unodc.gen.16", "unodc.gen.34",
		"unodc.sex.01", "unodc.sex.04", "unodc.sex.09", "unodc.sex.17",
		"unodc.sex.18", "unodc.sex.19", "unodc.beg.01",
		"unodc.beg.04" };

	(void)state;
	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		assert_true(catalogue_item(&unodc, off[i])->off);
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct catalogue *c = shipped[i].catalogue;

		for (size_t j = 0; j < c->n_items; j++) {
			if (!c->items[j].bias)
				continue;
			assert_true(c->items[j].off);
			assert_memory_equal(c->items[j].caution, "bias", 4);
		}
	}
	assert_false(catalogue_item(&unodc, "unodc.gen.01")->off);
}

/* --- words ------------------------------------------------------------------- */

static void
without(const char *where, const char *text, const char *const *words)
{
	for (; *words != NULL; words++) {
		if (strcasestr(text, *words) != NULL)
			fail_msg("%s: \"%s\" has \"%s\"", where, text, *words);
	}
}

static void
all_without(const char *const *words)
{
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct catalogue *c = shipped[i].catalogue;

		without(c->id, c->title, words);
		without(c->id, c->about, words);
		for (size_t j = 0; j < c->n_groups; j++)
			without(c->id, c->groups[j].title, words);
		for (size_t j = 0; j < c->n_items; j++) {
			without(c->items[j].id, c->items[j].text, words);
			without(c->items[j].id, c->items[j].caution, words);
		}
	}
}

static void
words_to_avoid(void **state)
{
	static const char *const words[] = { "victim", "illegal", "rescue",
		"prostitut", "interrogat", "interview", "suspect", "confess",
		"alleg", "complian", "cooperat", "refused", NULL };

	(void)state;
	all_without(words);
}

/* A list of signs is no test: nothing in it may look like a result. */
static void
harm_06_no_verdict_in_catalogues(void **state)
{
	static const char *const words[] = { "score", "total", "verdict",
		"is trafficked", "not trafficked", "points", "positive",
		"negative", "identified as", "threshold", "likelihood", NULL };

	(void)state;
	all_without(words);
}

/* --- broken ones -------------------------------------------------------------- */

#define HEAD                                                               \
	"id = \"x\"; version = \"1\"; title = \"t\"; language = \"en\";\n" \
	"attribution = \"a\"; about = \"b\";\n"                            \
	"groups = ( { id = \"g\"; title = \"G\"; } );\nitems = (\n"
#define ITEM(more) "{ id = \"x.1\"; group = \"g\"; text = \"t\"; " more " }"

static const struct broken {
	const char *text;
	int line;
	const char *says;
} brokens[] = {
	{ HEAD ITEM("elicit = \"listen\";") ");", 0, NULL },
	{ HEAD ITEM("") ");", 5, "\"elicit\" is missing" },
	{ HEAD ITEM("elicit = \"ask\";") ");", 5, "expected is one of" },
	{ HEAD ITEM("elicit = \"listen\"; bias = true;\n"
		    "caution = \"c\";") ");",
	    5, "must be off" },
	{ HEAD ITEM("elicit = \"listen\";\nbias = true; off = true;") ");", 6,
	    "needs a caution" },
	{ HEAD ITEM("elicit = \"listen\";") ",\n" ITEM(
	      "elicit = \"listen\";") ");",
	    6, "already taken in line 5" },
	{ HEAD "{ id = \"y.1\"; group = \"g\"; text = \"t\";\n"
	       "elicit = \"listen\"; } );",
	    5, "does not begin with \"x.\"" },
	{ HEAD "{ id = \"x.1\"; text = \"t\";\n"
	       "group = \"h\"; elicit = \"listen\"; } );",
	    6, "no group \"h\"" },
	{ HEAD ITEM("elicit = \"listen\"; weights = { AL = \"X\";\n"
		    "AS = \"?\"; CL = \"-\"; CS = \"S\"; };") ");",
	    5, "\"AL\" is \"X\"" },
	{ HEAD ITEM("elicit = \"listen\";\nweights = { AL = \"S\";\n"
		    "AS = \"?\"; CL = \"-\"; };") ");",
	    6, "\"CS\" is missing" },
	{ HEAD " );", 4, "0 entries; 1 to 500" },
};

static void
broken_ones(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(brokens) / sizeof(brokens[0]); i++) {
		const struct broken *b = &brokens[i];
		struct problems p = { 0 };
		struct catalogue cat = { 0 };
		struct arena a;
		struct conf c;
		int rc;

		arena_init(&a);
		conf_init(&c, "x.cfg", &a, &p);
		rc = conf_decode(
		    &c, &catalogue_table, &cat, b->text, strlen(b->text));
		catalogue_check(&c, "x", &cat);
		if (b->says == NULL) {
			assert_int_equal(rc, 0);
			assert_int_equal(p.n, 0);
		} else if (p.n != 1 || p.list[0].line != b->line ||
			   strstr(p.list[0].text, b->says) == NULL) {
			fail_msg("case %zu: %zu problems, first %d: %s", i, p.n,
			    p.n > 0 ? p.list[0].line : 0,
			    p.n > 0 ? p.list[0].text : "");
		}
		conf_done(&c);
		arena_done(&a);
		problems_done(&p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(complete),
		cmocka_unit_test(ilo_lists),
		cmocka_unit_test(means_not_asked),
		cmocka_unit_test(bias_is_off),
		cmocka_unit_test(words_to_avoid),
		cmocka_unit_test(harm_06_no_verdict_in_catalogues),
		cmocka_unit_test(broken_ones),
	};

	return cmocka_run_group_tests(tests, read_shipped, free_shipped);
}
