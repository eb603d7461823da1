/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "config/society_inside.h"

/* A society and the memory all of it lives in. */
struct box {
	struct society_file file; /* first: a society's address is the box's */
	struct arena arena;
};

/* "DIR/societies/../catalogues/NAME.cfg"; file_read() looks at every
 * directory on the way. */
static char *
beside(struct arena *arena, const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return arena_printf(arena, "../catalogues/%s.cfg", name);
	return arena_printf(arena, "%.*s/../catalogues/%s.cfg",
	    (int)(slash - path), path, name);
}

static void
read_catalogues(struct conf *c, struct box *box, struct buf *source)
{
	struct society_file *f = &box->file;
	const struct catalogue **list;
	struct catalogue *cat;

	list = arena_alloc(&box->arena,
	    f->n_catalogues == 0 ? 1 : f->n_catalogues, sizeof(const void *));
	for (size_t i = 0; i < f->n_catalogues; i++) {
		const char *name = f->catalogues[i];

		if (name[0] == '\0')
			continue; /* reported */
		for (size_t j = 0; j < i; j++) {
			if (strcmp(f->catalogues[j], name) == 0) {
				problem_add(c->problems, c->file,
				    conf_line(c, &f->catalogues[i]),
				    _("catalogue \"%s\" is named twice"), name);
				break;
			}
		}
		cat = arena_alloc(&box->arena, 1, sizeof(*cat));
		/* Its problems count as ours; the next one is read too. */
		if (catalogue_read(beside(&box->arena, c->file, name), name,
			cat, &box->arena, source, c->problems) == 0)
			list[f->society.n_catalogues++] = cat;
	}
	f->society.catalogues = list;
}

static void
box_free(struct box *box)
{
	if (box == NULL)
		return;
	arena_done(&box->arena);
	free(box);
}

/* Whoever reads a text aloud sees which one it is. */
static void
name_scripts(struct arena *arena, struct society *s)
{
	struct script *named =
	    arena_alloc(arena, s->n_scripts + 1, sizeof(*named));

	for (size_t i = 0; i < s->n_scripts; i++) {
		named[i] = s->scripts[i];
		named[i].aloud =
		    named[i].text[0] == '\0'
			? ""
			: arena_printf(arena, "%s\n(%s, %s)", named[i].text,
			      named[i].id, named[i].version);
	}
	s->scripts = named;
}

int
society_read(const char *path, struct society **out, struct problems *problems)
{
	size_t errors = problems->errors, from = problems->n;
	struct buf source;
	struct conf c;
	struct box *box;
	int rc;

	*out = NULL;
	box = xcalloc(1, sizeof(*box));
	arena_init(&box->arena);
	buf_init(&source);
	conf_init(&c, path, &box->arena, problems);
	rc = conf_read(&c, &society_table, &box->file, &source);
	if (rc == 0 || box->file.society.id != NULL) {
		read_catalogues(&c, box, &source);
		if (!c.partial)
			society_check(&c, &box->file);
	}
	problems_sort(problems, from);
	rc = problems->errors == errors ? 0 : -1;
	if (rc == 0) {
		box->file.society.path = arena_str(&box->arena, path);
		box->file.society.source =
		    arena_strn(&box->arena, source.data, source.len);
		box->file.society.source_len = source.len;
		name_scripts(&box->arena, &box->file.society);
		*out = &box->file.society;
		box = NULL;
	}
	conf_done(&c);
	buf_done(&source);
	box_free(box);
	return rc;
}

void
society_free(struct society *s)
{
	/* The society is the first thing in its box. */
	box_free((struct box *)(void *)s);
}

void
society_keys_write(FILE *to)
{
	conf_keys_write(to, "societies/NAME.cfg", &society_table);
	fputc('\n', to);
	conf_keys_write(to, "catalogues/NAME.cfg", &catalogue_table);
}

/* --- by id ------------------------------------------------------------------ */

const char *
label_of(const struct labels *labels, const char *id)
{
	for (size_t i = 0; i < labels->n; i++) {
		if (strcmp(labels->list[i].id, id) == 0)
			return labels->list[i].label;
	}
	return id;
}

const struct recipient *
society_recipient(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_recipients; i++) {
		if (strcmp(s->recipients[i].id, id) == 0)
			return &s->recipients[i];
	}
	return NULL;
}

const struct consent_kind *
society_consent(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_consents; i++) {
		if (strcmp(s->consents[i].id, id) == 0)
			return &s->consents[i];
	}
	return NULL;
}

const struct duty *
society_duty(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_duties; i++) {
		if (strcmp(s->duties[i].id, id) == 0)
			return &s->duties[i];
	}
	return NULL;
}

const struct catalogue *
society_catalogue(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_catalogues; i++) {
		if (strcmp(s->catalogues[i]->id, id) == 0)
			return s->catalogues[i];
	}
	return NULL;
}

int
society_risk(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_risks; i++) {
		if (strcmp(s->risks[i].id, id) == 0)
			return (int)i;
	}
	return -1;
}

const struct script *
society_script(const struct society *s, const char *kind, const char *language)
{
	const struct script *best = NULL;

	for (size_t i = 0; i < s->n_scripts; i++) {
		const struct script *script = &s->scripts[i];

		if (!script->approved || strcmp(script->kind, kind) != 0 ||
		    strcmp(script->language, language) != 0)
			continue;
		/* Of two signed on one day the later in the file. */
		if (best == NULL || script->approved_on >= best->approved_on)
			best = script;
	}
	return best;
}
