/* SPDX-License-Identifier: ISC */
/* The organisations of a society's directory: keys, and what no key shows. */
#include <string.h>

#include "base/i18n.h"
#include "config/society_inside.h"

#define KEY(field, type_, needed, text, ...)                                 \
	{                                                                    \
		.name = #field, .type = (type_), .required = (needed),       \
		.offset = offsetof(struct recipient, field), .help = (text), \
		__VA_ARGS__                                                  \
	}
#define IDS(field, needed, least, text)                                     \
	KEY(field, KEY_IDS, needed, text,                                   \
	    .count = offsetof(struct recipient, n_##field), .min = (least), \
	    .max = 30)

static const struct choice shares[] = { { "yes", 0 }, { "no", 0 },
	{ "unknown", 0 }, { NULL, 0 } };
static const struct key_spec organisation_keys[] = {
	KEY(id, KEY_ID, true, "its code; what consents and referrals name"),
	KEY(name, KEY_TEXT, true, "what workers choose it by"),
	KEY(kind, KEY_CHOICE, true, "what it is", .choices = recipient_kinds),
	KEY(area, KEY_TEXT, false,
	    "where it works; never the address of a shelter"),
	IDS(serves, false, 0,
	    "whom it serves: ids of places, or \"country\" for the whole"),
	IDS(purposes, true, 1, "what it may be told for, of purposes"),
	IDS(services, false, 0, "what it offers, of services"),
	IDS(languages, false, 0, "spoken or interpreted there, of languages"),
	KEY(eligible, KEY_TEXT, false, "for whom, and who is turned away",
	    .max = 300),
	KEY(conditions, KEY_TEXT, false,
	    "what it asks in return: papers, a fee, a report", .max = 300),
	KEY(shares_with_authorities, KEY_WORD, true, "does it pass data on?",
	    .choices = shares),
	KEY(safe_to_name, KEY_BOOL, true, "may be named aloud and on paper"),
	KEY(hours, KEY_TEXT, false, "when somebody is there", .max = 160),
	KEY(response, KEY_TEXT, false, "how soon they promise to answer",
	    .max = 160),
	KEY(method, KEY_TEXT, false,
	    "how they want it: in person, by phone, a sealed form", .max = 160),
	KEY(access, KEY_TEXT, false, "steps, lift, sign language, women there",
	    .max = 300),
	KEY(focal, KEY_TEXT, false,
	    "role and code of whom to ask for, never a name", .max = 80),
	KEY(phone, KEY_TEXT, false, "digits, spaces, + and -", .min = 2,
	    .max = 24),
	KEY(number, KEY_ID, false, "or one of numbers, by its id"),
	KEY(vetted_by, KEY_TEXT, false,
	    "code of whoever looked at safeguarding and data protection",
	    .max = 40),
	KEY(vetted_on, KEY_DATE, false, "when"),
	KEY(agreement, KEY_TEXT, false, "number of the agreement with them",
	    .max = 80),
	KEY(verified_on, KEY_DATE, true, "when somebody checked all this"),
	KEY(recheck_days, KEY_INT, true, "look again after so many days",
	    .min = 1, .max = 90),
};
static const struct table_spec organisation_table = {
	.keys = organisation_keys,
	.n = sizeof(organisation_keys) / sizeof(organisation_keys[0]),
	.size = sizeof(struct recipient),
	.place = offsetof(struct recipient, place),
	.unique = true,
};
static const struct key_spec directory_keys[] = {
	{ "id", KEY_ID, true, offsetof(struct directory_file, id),
	    .help = "the file's name without .cfg" },
	{ "organisations", KEY_LIST, true,
	    offsetof(struct directory_file, list),
	    .count = offsetof(struct directory_file, n), .min = 0, .max = 300,
	    .inner = &organisation_table, .help = "who can be told something" },
};
const struct table_spec directory_table = { .keys = directory_keys,
	.n = sizeof(directory_keys) / sizeof(directory_keys[0]),
	.size = sizeof(struct directory_file) };

#define WRONG(at, ...) \
	problem_add(c->problems, c->file, conf_line(c, (at)), __VA_ARGS__)

/* --- names that point into the society's file ---------------------------------- */

static bool
in_labels(const struct labels *labels, const char *id)
{
	for (size_t i = 0; i < labels->n; i++) {
		if (strcmp(labels->list[i].id, id) == 0)
			return true;
	}
	return false;
}

static bool
is_language(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_languages; i++) {
		if (strcmp(s->languages[i].id, id) == 0)
			return true;
	}
	return false;
}

static bool
is_place(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_places; i++) {
		if (strcmp(s->places[i].id, id) == 0)
			return true;
	}
	return strcmp(id, PLACE_COUNTRY) == 0;
}

static void
check_names(struct conf *c, const struct society *s, const struct recipient *r)
{
	for (size_t i = 0; i < r->n_purposes; i++) {
		if (r->purposes[i][0] != '\0' &&
		    !in_labels(&s->purposes, r->purposes[i]))
			WRONG(&r->purposes[i],
			    _("there is no purpose \"%s\" under \"purposes\""),
			    r->purposes[i]);
	}
	for (size_t i = 0; i < r->n_services; i++) {
		if (r->services[i][0] != '\0' &&
		    !in_labels(&s->services, r->services[i]))
			WRONG(&r->services[i],
			    _("there is no service \"%s\" under \"services\""),
			    r->services[i]);
	}
	for (size_t i = 0; i < r->n_languages; i++) {
		if (r->languages[i][0] != '\0' &&
		    !is_language(s, r->languages[i]))
			WRONG(&r->languages[i],
			    _("there is no language \"%s\" under "
			      "\"languages\""),
			    r->languages[i]);
	}
	for (size_t i = 0; i < r->n_serves; i++) {
		if (r->serves[i][0] != '\0' && !is_place(s, r->serves[i]))
			WRONG(&r->serves[i],
			    _("there is no place \"%s\" under \"places\"; "
			      "\"country\" is the whole country"),
			    r->serves[i]);
	}
}

/* --- numbers --------------------------------------------------------------------- */

/* A number that stands under "numbers" is checked there; its older day counts
 * here too. */
static void
take_number(struct conf *c, const struct society *s, struct recipient *r)
{
	for (size_t i = 0; i < s->n_numbers; i++) {
		const struct number *n = &s->numbers[i];

		if (strcmp(n->id, r->number) != 0)
			continue;
		if (n->verified_on < r->verified_on)
			r->verified_on = n->verified_on;
		r->phone = n->number;
		return;
	}
	WRONG(&r->number, _("there is no number \"%s\" under \"numbers\""),
	    r->number);
}

static void
check_phone(struct conf *c, const struct society *s, struct recipient *r)
{
	if (r->number[0] != '\0' && r->phone[0] != '\0')
		WRONG(&r->number,
		    _("\"%s\" has a phone and a number; one of them"), r->id);
	else if (r->number[0] != '\0')
		take_number(c, s, r);
	else if (strspn(r->phone, "0123456789+- ") != strlen(r->phone))
		WRONG(&r->phone,
		    _("\"%s\" is no number to dial; digits, spaces, + and - "
		      "are expected"),
		    r->phone);
}

static void
check_organisation(struct conf *c, const struct society *s, struct recipient *r)
{
	check_names(c, s, r);
	check_phone(c, s, r);
	if ((r->vetted_on != 0) != (r->vetted_by[0] != '\0'))
		WRONG(r->vetted_on != 0 ? (const void *)&r->vetted_on
					: (const void *)&r->vetted_by,
		    _("vetting of \"%s\" needs both vetted_by and vetted_on"),
		    r->id);
	/* Whoever knows where a shelter is can be made to say so. */
	if (r->kind == RECIPIENT_SHELTER && r->safe_to_name)
		WRONG(&r->safe_to_name,
		    _("\"%s\" is a shelter: safe_to_name = false is "
		      "expected"),
		    r->id);
	if (r->verified_on != 0 && r->recheck_days > 0)
		r->recheck_by = r->verified_on + r->recheck_days;
}

void
directory_check(struct conf *c, const char *id, const struct society *s,
    struct directory_file *f)
{
	if (id != NULL && f->id[0] != '\0' && strcmp(f->id, id) != 0)
		WRONG(&f->id, _("id is \"%s\"; the file's name says \"%s\""),
		    f->id, id);
	for (size_t i = 0; i < f->n; i++)
		check_organisation(c, s, &f->list[i]);
}

int
directory_read(const char *path, const char *id, const struct society *s,
    struct directory_file *out, struct arena *arena, struct buf *source,
    struct problems *problems)
{
	size_t errors = problems->errors;
	struct conf c;
	int rc;

	conf_init(&c, path, arena, problems);
	rc = conf_read(&c, &directory_table, out, source);
	/* Half a file would only give problems that are none. */
	if (rc == 0 || (out->id != NULL && !c.partial))
		directory_check(&c, id, s, out);
	conf_done(&c);
	return problems->errors == errors ? 0 : -1;
}
