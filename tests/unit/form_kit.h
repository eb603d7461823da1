/* SPDX-License-Identifier: ISC */
/* A form for tests, of every kind of field. */
#ifndef AMPARO_TESTS_FORM_KIT_H
#define AMPARO_TESTS_FORM_KIT_H
#include "base/id.h"
#include "base/utf8.h"
#include "ui_kit.h"
#include "ui/form.h"

#define TODAY INT64_C(20780) /* Monday, 23 November 2026 */
#define AYSHA "\xd8\xb9\xd8\xa7\xd8\xa6\xd8\xb4\xd8\xa9"

static const struct choice_option places[] = {
	{ "home", "At home", NULL },
	{ "work", "At work", NULL },
	{ "other", "Elsewhere", NULL },
};

static const struct choice_option *const from_program = places;

static size_t
options(void *ctx, const struct form_values *v, const struct choice_option **o)
{
	(void)ctx;
	*o = from_program;
	return form_value_is(v, "safe", "yes") ? 3 : 1;
}

static bool
show_extra(void *ctx, const struct form_values *v)
{
	return *(const bool *)ctx && form_value(v, "name")[0] != '\0';
}

static int
no_digits(void *ctx, const struct form_values *v, const char *s, struct err *e)
{
	(void)ctx;
	(void)v;
	if (strpbrk(s, "0123456789") != NULL)
		return err_set(e, ERR_INPUT, "No digits here.");
	return 0;
}

static const struct form_field fields[] = {
	{ .id = "intro", .type = FORM_INFO, .text = "Read this first." },
	{ .id = "safe",
	    .type = FORM_YES_NO,
	    .label = "Safe now?",
	    .flags = FORM_REQUIRED },
	{ .id = "name",
	    .type = FORM_TEXT,
	    .label = "Name",
	    .max = 40,
	    .flags = FORM_PII,
	    .check = no_digits,
	    .help = "Any name." },
	{ .id = "where",
	    .type = FORM_CHOICE,
	    .label = "Where",
	    .options = places,
	    .n_options = 3,
	    .flags = FORM_REQUIRED },
	{ .id = "wants",
	    .type = FORM_MULTI,
	    .label = "Wants",
	    .options = places,
	    .n_options = 3 },
	{ .id = "why",
	    .type = FORM_TEXT,
	    .label = "Why not safe",
	    .show_field = "safe",
	    .show_value = "no",
	    .flags = FORM_REQUIRED },
	{ .id = "why2",
	    .type = FORM_TEXT,
	    .label = "More on why",
	    .show_field = "why" },
	{ .id = "away",
	    .type = FORM_TEXT,
	    .label = "Not at home",
	    .show_field = "where",
	    .show_value = "!home" },
	{ .id = "extra",
	    .type = FORM_TEXT,
	    .label = "Extra",
	    .show_if = show_extra },
	{ .id = "born", .type = FORM_DATE, .label = "Born" },
	{ .id = "phone", .type = FORM_PHONE, .label = "Phone" },
	{ .id = "code", .type = FORM_CODE, .label = "Code" },
	{ .id = "age",
	    .type = FORM_NUMBER,
	    .label = "Age",
	    .least = 0,
	    .most = 120 },
	{ .id = "words", .type = FORM_LONG_TEXT, .label = "Words" },
	{ .id = "fixed",
	    .type = FORM_TEXT,
	    .label = "Fixed",
	    .flags = FORM_READ_ONLY },
	{ .id = "pass", .type = FORM_SECRET, .label = "Passphrase" },
	{ .id = "dyn",
	    .type = FORM_CHOICE,
	    .label = "Dynamic",
	    .options_from = options },
};

static bool extra_on = true;

static void
start(struct form *f)
{
	form_init(f, fields, COUNT(fields), &extra_on, TODAY);
}

static void
press_form(void *arg, const struct key *k)
{
	(void)form_key(arg, k, NULL);
}

static enum form_result
press_one(struct form *f, const char *name)
{
	struct key k = kit_key(name);

	return form_key(f, &k, NULL);
}

/* --- harm 5: "not asked" is never turned into an answer ------------------- */

#endif
