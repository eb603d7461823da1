/* SPDX-License-Identifier: ISC */
/*
 * Configuration text, as a society and as a catalogue: whatever it is, it is
 * read or refused, with every problem in words that are safe to show.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "config/society_inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
look(const struct problems *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const char *s = p->list[i].text;

		if (s[0] == '\0' || !utf8_valid(s, strlen(s)) ||
		    strpbrk(s, "\x1b\x07\n\r") != NULL)
			abort();
	}
	if (p->n > PROBLEMS_MAX + 1 || (p->n > 0) != (p->errors > 0))
		abort();
}

static void
society(struct conf *c, const char *text, size_t len)
{
	struct society_file f = { 0 };
	int rc = conf_decode(c, &society_table, &f, text, len);

	if (!c->partial)
		society_check(c, &f);
	/* Every string is there, whatever was wrong. */
	if (strlen(f.society.name) > CONF_MAX_BYTES)
		abort();
	for (size_t i = 0; i < f.society.n_scripts; i++) {
		const struct script *s = &f.society.scripts[i];

		if (rc == 0 && c->problems->errors == 0 && s->approved &&
		    (s->text[0] == '\0' || s->approved_on == 0))
			abort();
	}
}

static void
catalogue(struct conf *c, const char *text, size_t len)
{
	struct catalogue cat = { 0 };
	int rc = conf_decode(c, &catalogue_table, &cat, text, len);

	if (!c->partial)
		catalogue_check(c, NULL, &cat);
	for (size_t i = 0; i < cat.n_items; i++) {
		if (rc == 0 && c->problems->errors == 0 && cat.items[i].bias &&
		    !cat.items[i].off)
			abort();
	}
}

static void
directory(struct conf *c, const char *text, size_t len)
{
	static const struct society nobody;
	struct directory_file f = { 0 };
	int rc = conf_decode(c, &directory_table, &f, text, len);

	if (!c->partial)
		directory_check(c, NULL, &nobody, &f);
	for (size_t i = 0; i < f.n; i++) {
		if (rc == 0 && c->problems->errors == 0 &&
		    (f.list[i].verified_on == 0 || f.list[i].number[0] != 0))
			abort();
	}
}

static void
as(const char *text, size_t len,
    void (*decode)(struct conf *, const char *, size_t))
{
	struct problems problems = { 0 };
	struct arena arena;
	struct conf c;

	arena_init(&arena);
	conf_init(&c, "fuzz.cfg", &arena, &problems);
	decode(&c, text, len);
	look(&problems);
	conf_done(&c);
	arena_done(&arena);
	problems_done(&problems);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > CONF_MAX_BYTES)
		return 0;
	as((const char *)data, size, society);
	as((const char *)data, size, catalogue);
	as((const char *)data, size, directory);
	return 0;
}
