/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer on form drafts and on typing into a form: a draft that is read is
 * written back to the same values, a damaged one changes nothing, any keys
 * leave every value clean text within its limit, and the form can be drawn.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "ui/form.h"
#include "ui/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const struct choice_option options[] = {
	{ .value = "a", .label = "Apple" },
	{ .value = "b", .label = "Bread" },
	{ .value = "c", .label = "Cloud" },
};
#define OPTIONS .options = options, .n_options = 3
static const struct form_field fields[] = {
	{ .id = "t", .type = FORM_TEXT, .label = "Text", .max = 40 },
	{ .id = "l", .type = FORM_LONG_TEXT, .label = "Long", .max = 500 },
	{ .id = "c", .type = FORM_CHOICE, .label = "One of", OPTIONS },
	{ .id = "m", .type = FORM_MULTI, .label = "Some of", OPTIONS },
	{ .id = "d", .type = FORM_DATE, .label = "Date" },
	{ .id = "y", .type = FORM_YES_NO, .label = "Yes or no" },
	{ .id = "r", .type = FORM_TRISTATE, .label = "Perhaps" },
	{ .id = "p", .type = FORM_PHONE, .label = "Phone" },
	{ .id = "k", .type = FORM_CODE, .label = "Code" },
	{ .id = "n", .type = FORM_NUMBER, .label = "Number", .most = 99 },
	{ .id = "s", .type = FORM_SECRET, .label = "Secret" },
	{ .id = "x",
	    .type = FORM_TEXT,
	    .flags = FORM_REQUIRED,
	    .label = "More",
	    .show_field = "y",
	    .show_value = "yes" },
};
#define N (sizeof(fields) / sizeof(fields[0]))

static void
check_values(const struct form *f)
{
	for (size_t i = 0; i < N; i++) {
		const char *v = form_get(f, fields[i].id);

		if (!utf8_valid(v, strlen(v)))
			die("%s holds what is no text", fields[i].id);
		if (fields[i].max != 0 && strlen(v) > fields[i].max)
			die("%s is over its limit", fields[i].id);
	}
}

static void
check_draft(const uint8_t *data, size_t len)
{
	struct form f, g;
	struct buf one, two;
	struct err e = { .kind = ERR_NONE };

	form_init(&f, fields, N, NULL, 20000);
	form_init(&g, fields, N, NULL, 20000);
	buf_init(&one);
	buf_init(&two);
	if (form_draft_read(&f, data, len, &e) == -1) {
		if (e.kind != ERR_DAMAGED && e.kind != ERR_VERSION)
			die("refused in a wrong way");
		if (form_dirty(&f))
			die("a damaged draft changed something");
	} else {
		check_values(&f);
		form_draft_write(&f, &one);
		if (form_draft_read(&g, one.data, one.len, &e) == -1)
			die("the own draft is refused: %s", e.text);
		form_draft_write(&g, &two);
		if (one.len != two.len ||
		    memcmp(one.data, two.data, one.len) != 0)
			die("a draft is not written back as it was read");
	}
	form_done(&f);
	form_done(&g);
	buf_done(&one);
	buf_done(&two);
}

static void
check_typing(const uint8_t *data, size_t len)
{
	struct input in;
	struct canvas c;
	struct form f;
	struct key k;
	struct err e = { .kind = ERR_NONE };

	form_init(&f, fields, N, NULL, 20000);
	canvas_init(&c, 12, 50, false);
	input_init(&in);
	input_feed(&in, data, len);
	while (input_next(&in, true, &k)) {
		(void)form_key(&f, &k, &e);
		if (k.code == K_TAB || k.code == K_PGDN)
			form_draw(&f, &c, "Form");
	}
	form_draw(&f, &c, "Form");
	check_values(&f);
	(void)form_check(&f, &e);
	input_done(&in);
	canvas_done(&c);
	form_done(&f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	if (len > 2000)
		len = 2000;
	check_draft(data, len);
	check_typing(data, len);
	return 0;
}
