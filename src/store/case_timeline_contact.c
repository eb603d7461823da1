/* SPDX-License-Identifier: ISC */
/*
 * What was noticed, done and told when somebody was met: whoever takes over
 * an urgent case finds which danger it is and what was done about it.
 */
#include <string.h>

#include "base/i18n.h"
#include "rules/workflow.h"
#include "store/case_timeline_inside.h"

/* Between the columns of an answer, and between answers, as SQLite joins
 * them: neither can be typed (the canvas and the store strip both). */
#define UNIT "\x1f"
#define RECORD "\x1e"

/* The ten prompts of the first minutes, in their order. */
static const char *const prompts[TRIAGE_PROMPTS] = {
	N_("Danger now"),
	N_("Somebody who controls them"),
	N_("Health, urgent"),
	N_("Sexual violence, recent"),
	N_("Distress, or thoughts of ending their life"),
	N_("Child, or may be"),
	N_("Tonight: sleep, food, medicine"),
	N_("A deadline"),
	N_("Being reached safely"),
	N_("What they want first"),
};

/* NULL: there was nothing to see. */
static const char *
state_words(const char *state)
{
	switch (answer_state_from_name(state)) {
	case ANSWER_CLEAR_SIGN:
		return _("clear sign");
	case ANSWER_SOME_SIGN:
		return _("some sign");
	case ANSWER_UNCLEAR:
		return _("unclear");
	case ANSWER_PREFERS_NOT_SAY:
		return _("prefers not to say");
	default:
		return NULL;
	}
}

/* item UNIT state UNIT action: "Danger now: clear sign. Asked aside." */
static void
add_answer(struct buf *b, char *answer, bool urgent)
{
	const char *item = strsep(&answer, UNIT);
	const char *state = answer == NULL ? "" : strsep(&answer, UNIT);
	const char *action = answer == NULL ? "" : answer;
	const char *words = state_words(state);
	int i = triage_prompt(item);

	if (words == NULL || i == -1 || (urgent && i >= TRIAGE_URGENT))
		return;
	if (b->len > 0)
		buf_add_char(b, '\n');
	buf_addf(b, "%s: %s%s%s", _(prompts[i]), words,
	    said(action) ? ". " : "", action);
}

static void
add_answers(struct buf *b, const char *packed, struct arena *a, bool urgent)
{
	char *rest = arena_str(a, packed), *answer;

	while ((answer = strsep(&rest, RECORD)) != NULL)
		add_answer(b, answer, urgent);
}

static const char *
taken(struct buf *b, struct arena *a)
{
	const char *words = arena_strn(a, b->data, b->len);

	buf_done(b);
	return words;
}

int
case_signs(
    struct tx *tx, const struct uid *uid, struct arena *a, const char **out)
{
	static const char sql[] = "SELECT " TIMELINE_ANSWERS " FROM contact t"
				  " WHERE t.case_uid = ?1"
				  " ORDER BY t.at DESC, t.uid DESC LIMIT 1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(uid)));
	struct buf b;
	int rc;

	*out = "";
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return 0;
	buf_init(&b);
	add_answers(&b, col_text(st, 0), a, true);
	stmt_done(st);
	*out = taken(&b, a);
	return 0;
}

/* --- the timeline --------------------------------------------------------------- */

static void
add_line(struct buf *b, const char *label, const char *words)
{
	if (said(words))
		buf_addf(b, "%s%s: %s", b->len > 0 ? "\n" : "", label, words);
}

static const char *
number_words(const struct society *s, const char *id)
{
	for (size_t i = 0; i < s->n_numbers; i++)
		if (strcmp(s->numbers[i].id, id) == 0)
			return s->numbers[i].label;
	return id;
}

static const char *
topics(const struct society *s, const char *given, struct arena *a)
{
	char *rest = arena_str(a, given), *id;
	struct buf b;

	buf_init(&b);
	while ((id = strsep(&rest, ",")) != NULL)
		if (*id != '\0')
			buf_addf(&b, "%s%s", b.len > 0 ? "; " : "",
			    label_of(&s->information, id));
	return taken(&b, a);
}

const char *
timeline_contact_words(
    const struct society *society, struct arena *a, sqlite3_stmt *st, int col)
{
	struct buf b;

	buf_init(&b);
	add_line(&b, _("Wants first"), col_text(st, col));
	add_answers(&b, col_text(st, col + 1), a, false);
	add_line(&b, _("Information given"),
	    topics(society, col_text(st, col + 2), a));
	add_line(&b, _("Number given or called"),
	    number_words(society, col_text(st, col + 3)));
	return taken(&b, a);
}

static void
fill_contact(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "contact";
	e->title = timeline_with(r->arena,
	    col_bool(st, 3) ? _("Contact, urgent") : _("Contact"),
	    label_of(&r->society->channels, col_text(st, 2)));
	e->text = timeline_contact_words(r->society, r->arena, st, 4);
	timeline_happened(e, col_int(st, 1));
}

const struct timeline_part timeline_contact = {
	"SELECT u.login, t.at, t.channel, t.urgent, " TIMELINE_CONTACT_WORDS
	" FROM contact t"
	" LEFT JOIN colleague u ON u.uid = t.made_by"
	" WHERE t.case_uid = ?1 AND t.uid = ?2",
	fill_contact
};
