/* SPDX-License-Identifier: ISC */
#include "consent_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "consent_since.h"
#include "consent_words.h"
#include "parts.h"
#include "referral_words.h"
#include "rules/consent.h"

const char *
consent_rows_state(const struct consent *c)
{
	static const struct {
		const char *state, *words;
	} table[] = {
		{ "given", N_("given") },
		{ "refused", N_("NO") },
		{ "not_now", N_("not now") },
		{ "expired", N_("ENDED") },
		{ "used", N_("given once") },
		{ "withdrawn", N_("WITHDRAWN") },
		{ "replaced", N_("replaced") },
	};

	if (c->ask_anew)
		return _("ASK ANEW");
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].state, c->state) == 0)
			return _(table[i].words);
	return c->state;
}

enum element
consent_rows_style(const struct consent *c)
{
	if (strcmp(c->state, "given") == 0 && !c->ask_anew)
		return EL_OK;
	if (strcmp(c->state, "replaced") == 0 || strcmp(c->state, "used") == 0)
		return EL_DIM;
	return EL_WARNING;
}

/* What must not be told, and why. */
static const char *
withheld(struct view *v, const struct consent *c)
{
	const char *why =
	    consent_words_label(WORDS_WITHHELD_WHY, c->withheld_why);

	return c->withheld[0] == '\0' || why[0] == '\0'
		   ? c->withheld
		   : arena_printf(&v->arena, "%s (%s)", c->withheld, why);
}

static const char *
to_words(struct view *v, const struct consent *c)
{
	const struct recipient *r =
	    society_recipient(app_society(v), c->recipient);
	const struct consent_kind *k = society_consent(app_society(v), c->kind);

	if (r != NULL)
		return r->name;
	return k != NULL ? k->label : c->kind;
}

static bool
said_no(const struct consent *c)
{
	return strcmp(c->decision, "no") == 0 ||
	       strcmp(c->decision, "not_now") == 0;
}

bool
consent_rows_can_end(const struct consent *c)
{
	return strcmp(c->state, "given") == 0 ||
	       strcmp(c->state, "used") == 0 ||
	       strcmp(c->state, "expired") == 0;
}

/* After a no: may it be asked again?  Nobody is asked at every visit. */
static const char *
again(struct view *v, const struct consent *c)
{
	char day[32];
	struct fdate d;

	if (c->ask_again[0] == '\0')
		return _(" · ask again: not said");
	if (strcmp(c->ask_again, "yes") == 0)
		return _(" · may be asked again");
	if (date_from_iso(c->ask_again, &d) == -1)
		return _(" · do not ask again");
	return arena_printf(&v->arena, _(" · ask again from %s"),
	    date_show(&d, day, sizeof(day)));
}

/* When, how and by whom it was said, in which words, until when. */
static const char *
detail(struct view *v, const struct consent *c)
{
	const char *how = consent_words_label(WORDS_FORM, c->form);
	const char *who = consent_words_label(WORDS_GIVEN_BY, c->given_by);
	const char *with =
	    consent_words_label(WORDS_INTERPRETER, c->interpreter);
	char day[24], until[24] = "";
	const char *language = part_language(app_society(v), c->language);
	bool no = said_no(c);

	/* A yes was to what was read out then. */
	bool newer = strcmp(c->state, "given") == 0 &&
		     consent_since_text(v, c, c->kind, c->language);

	clock_short(c->given_at, app_now(v), day, sizeof(day));
	if (c->until != 0 && !no)
		clock_short(c->until, app_now(v), until, sizeof(until));
	return arena_printf(&v->arena, "%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s", day,
	    how[0] != '\0' ? " · " : "", how, who[0] != '\0' ? " · " : "", who,
	    language[0] != '\0' ? " · " : "", language,
	    c->script[0] == '\0'  ? ""
	    : language[0] != '\0' ? ", "
				  : " · ",
	    c->script, newer ? _(" (the text is another one now)") : "",
	    with[0] != '\0' ? _(" · interpreter: ") : "", with,
	    until[0] != '\0' ? _(" · until ") : "", until,
	    no ? again(v, c) : "");
}

static void
fill(struct view *v, const struct consent *c, struct consent_row *r)
{
	char day[24] = "";

	if (c->until != 0 && !said_no(c))
		clock_short(c->until, app_now(v), day, sizeof(day));
	r->consent = c;
	r->cell[0] = to_words(v, c);
	r->cell[1] = c->purpose[0] == '\0'
			 ? "–"
			 : label_of(&app_society(v)->purposes, c->purpose);
	r->cell[2] = c->scope == 0 ? "–" : referral_scope_words(v, c->scope);
	r->cell[3] = c->single_use ? _("one time") : arena_str(&v->arena, day);
	r->cell[4] = consent_rows_state(c);
	r->detail = detail(v, c);
	r->withheld = withheld(v, c);
	if (c->other_code[0] != '\0')
		r->detail =
		    arena_printf(&v->arena, _("%s · as said under %s: %s"),
			consent_rows_state(c), c->other_code, r->detail);
}

int
consent_rows_read(
    struct view *v, bool history, struct consent_rows *rows, struct err *e)
{
	struct consents all = { 0 };
	const char *again;

	if (consent_list(app_session(v), v->route.case_uid, history, &v->arena,
		&all, e) == -1)
		return -1;
	again = consent_since_again(v, &all);
	*rows = (struct consent_rows){ .all = all, .together_words = "" };
	rows->rows = arena_alloc(&v->arena, all.n + 1, sizeof(*rows->rows));
	for (size_t i = 0; i < all.n; i++) {
		const struct consent *c = &all.list[i];
		bool together = strcmp(c->kind, "work_together") == 0;

		if (together && rows->together == NULL &&
		    strcmp(c->state, "replaced") != 0) {
			rows->together = c;
			rows->together_words = arena_printf(&v->arena, "%s%s%s",
			    again, again[0] == '\0' ? "" : " ", detail(v, c));
		}
		if (!together || history)
			fill(v, c, &rows->rows[rows->n++]);
	}
	/* Below the releases, so that it can be ended and asked again, too. */
	if (rows->together != NULL && !history)
		fill(v, rows->together, &rows->rows[rows->n++]);
	return 0;
}

size_t
consent_rows_count(const void *ctx)
{
	const struct consent_rows *r = ctx;

	return r->n;
}

void
consent_rows_cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	const struct consent_rows *r = ctx;

	out->text = r->rows[i].cell[c];
	out->style = c == 4 ? consent_rows_style(r->rows[i].consent) : EL_TEXT;
}

struct uid
consent_rows_key(const void *ctx, size_t i)
{
	const struct consent_rows *r = ctx;

	return r->rows[i].consent->uid;
}

const struct consent *
consent_rows_find(const struct consent_rows *rows, const struct uid *uid)
{
	for (size_t i = 0; i < rows->n; i++)
		if (uid_eq(&rows->rows[i].consent->uid, uid))
			return rows->rows[i].consent;
	return NULL;
}

const char *
consent_rows_name(struct view *v, const struct consent_row *row)
{
	return row->consent->purpose[0] == '\0'
		   ? row->cell[0]
		   : arena_printf(
			 &v->arena, "%s, %s", row->cell[0], row->cell[1]);
}
