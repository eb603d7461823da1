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

/* "DIR/societies/../ROOM/NAME.cfg"; file_read() looks at every directory on
 * the way. */
static char *
beside(
    struct arena *arena, const char *path, const char *room, const char *name)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return arena_printf(arena, "../%s/%s.cfg", room, name);
	return arena_printf(
	    arena, "%.*s/../%s/%s.cfg", (int)(slash - path), path, room, name);
}

/* Was names[i] named before? */
static bool
named_before(const char *const *names, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (strcmp(names[j], names[i]) == 0)
			return true;
	}
	return false;
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
		if (named_before(f->catalogues, i))
			problem_add(c->problems, c->file,
			    conf_line(c, &f->catalogues[i]),
			    _("catalogue \"%s\" is named twice"), name);
		cat = arena_alloc(&box->arena, 1, sizeof(*cat));
		/* Its problems count as ours; the next one is read too. */
		if (catalogue_read(
			beside(&box->arena, c->file, "catalogues", name), name,
			cat, &box->arena, source, c->problems) == 0)
			list[f->society.n_catalogues++] = cat;
	}
	f->society.catalogues = list;
}

/* An organisation that stands in two files would have two sets of conditions. */
static void
add_directory(struct conf *c, struct society *s, struct recipient *list,
    const struct directory_file *d, const char *const *name)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct recipient *r = &d->list[i];

		if (r->id[0] != '\0' && society_recipient(s, r->id) != NULL)
			problem_add(c->problems, c->file, conf_line(c, name),
			    _("organisation \"%s\" of directory \"%s\" stands "
			      "in another one as well"),
			    r->id, *name);
		list[s->n_recipients++] = *r;
	}
}

static void
read_directory(struct conf *c, struct box *box, struct buf *source)
{
	struct society_file *f = &box->file;
	struct society *s = &f->society;
	struct directory_file *files;
	struct recipient *list;
	size_t n = 0;

	files = arena_alloc(&box->arena, f->n_directory + 1, sizeof(*files));
	for (size_t i = 0; i < f->n_directory; i++) {
		const char *name = f->directory[i];

		if (name[0] == '\0')
			continue; /* reported */
		if (named_before(f->directory, i))
			problem_add(c->problems, c->file,
			    conf_line(c, &f->directory[i]),
			    _("directory \"%s\" is named twice"), name);
		/* Its problems count as ours; the next one is read too. */
		if (directory_read(
			beside(&box->arena, c->file, "directory", name), name,
			s, &files[i], &box->arena, source, c->problems) == -1)
			files[i].n = 0;
		n += files[i].n;
	}
	list = arena_alloc(&box->arena, n + 1, sizeof(*list));
	s->recipients = list;
	for (size_t i = 0; i < f->n_directory; i++)
		add_directory(c, s, list, &files[i], &f->directory[i]);
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
		read_directory(&c, box, &source);
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
		box->file.society.place_zone =
		    conf_place(&c, &box->file.society.time_zone);
		box->file.society.place_roles =
		    conf_place(&c, &box->file.society.grants);
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
	fputc('\n', to);
	conf_keys_write(to, "directory/NAME.cfg", &directory_table);
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

bool
label_known(const struct labels *labels, const char *id)
{
	for (size_t i = 0; i < labels->n; i++) {
		if (strcmp(labels->list[i].id, id) == 0)
			return true;
	}
	return false;
}

static const struct labelled own_ways[] = {
	{ .id = "phone", .label = N_("Phone"), .help = "" },
	{ .id = "text", .label = N_("Text message"), .help = "" },
	{ .id = "app", .label = N_("A messaging app"), .help = "" },
	{ .id = "email", .label = N_("E-mail"), .help = "" },
	{ .id = "through",
	    .label = N_("Through somebody they chose"),
	    .help = "" },
	{ .id = "visit", .label = N_("A visit, as agreed"), .help = "" },
	{ .id = "comes", .label = N_("They come to us"), .help = "" },
	{ .id = "other", .label = N_("Another way"), .help = "" },
};
static const struct labels ways = { own_ways,
	sizeof(own_ways) / sizeof(own_ways[0]) };

const struct labels *
society_ways(const struct society *s)
{
	return s->contact_ways.n > 0 ? &s->contact_ways : &ways;
}

const char *
society_way(const struct society *s, const char *id)
{
	const struct labels *l = society_ways(s);

	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->list[i].id, id) == 0)
			return l == &ways ? _(l->list[i].label)
					  : l->list[i].label;
	}
	return label_of(&s->channels, id);
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

bool
recipient_private(const struct recipient *r)
{
	return r->kind == RECIPIENT_FAMILY || r->kind == RECIPIENT_EMPLOYER ||
	       r->kind == RECIPIENT_MEDIA;
}

bool
recipient_countrywide(const struct recipient *r)
{
	for (size_t i = 0; i < r->n_serves; i++) {
		if (strcmp(r->serves[i], PLACE_COUNTRY) == 0)
			return true;
	}
	return false;
}

const struct locality *
society_place(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_places; i++) {
		if (strcmp(s->places[i].id, id) == 0)
			return &s->places[i];
	}
	return NULL;
}

bool
society_place_in(const struct society *s, const char *place, const char *area)
{
	const struct locality *p = society_place(s, place);

	/* No deeper than there are places: a circle is a problem of the
	 * configuration, not of whoever asks. */
	for (size_t i = 0; p != NULL && i <= s->n_places; i++) {
		if (strcmp(p->id, area) == 0)
			return true;
		p = society_place(s, p->within);
	}
	return false;
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

const struct mechanism *
society_mechanism(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_mechanisms; i++) {
		if (strcmp(s->mechanisms[i].id, id) == 0)
			return &s->mechanisms[i];
	}
	return NULL;
}

const struct offer *
society_offer(const struct society *s, const char *service)
{
	for (size_t i = 0; i < s->n_offers; i++) {
		if (strcmp(s->offers[i].service, service) == 0)
			return &s->offers[i];
	}
	return NULL;
}

bool
society_pays(const struct society *s, const char *service)
{
	const struct offer *o = society_offer(s, service);

	return o != NULL && o->kind == OFFER_CASH;
}

const struct sheet *
society_sheet(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_sheets; i++) {
		if (strcmp(s->sheets[i].id, id) == 0)
			return &s->sheets[i];
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

bool
society_starts_with_cases(const struct society *s, enum role role)
{
	for (size_t i = 0; i < s->n_start_cases; i++)
		if (role_from_name(s->start_cases[i]) == (int)role)
			return true;
	return false;
}
