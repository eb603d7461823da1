/* SPDX-License-Identifier: ISC */
#include "screening_state.h"

#include <string.h>

#include "base/clock.h"
#include "store/draft.h"

#define DRAFT_VERSION 1

int
screening_pack(const struct screening_choice *c)
{
	return (int)(1u | c->catalogue << 1 | c->list << 7 | c->language << 10 |
		     (c->independent ? 1u << 16 : 0));
}

struct screening_choice
screening_unpack(int arg)
{
	unsigned a = (unsigned)arg;

	return (struct screening_choice){ .catalogue = a >> 1 & 0x3f,
		.list = a >> 7 & 0x7,
		.language = a >> 10 & 0x3f,
		.independent = (a >> 16 & 1) != 0 };
}

static const struct {
	const char *words, *brief;
} answers[ANSWER_STATE_COUNT] = {
	[ANSWER_NOT_RAISED] = { N_("not raised"), "·" },
	[ANSWER_NOT_SEEN] = { N_("no sign seen"), N_("no sign") },
	[ANSWER_SOME_SIGN] = { N_("some sign"), N_("some sign") },
	[ANSWER_CLEAR_SIGN] = { N_("clear sign"), N_("CLEAR sign") },
	[ANSWER_PREFERS_NOT_SAY] = { N_("prefers not to say"),
	    N_("rather not") },
	[ANSWER_UNCLEAR] = { N_("unclear"), N_("unclear") },
};

const char *
screening_answer(enum answer_state s)
{
	return _(answers[s].words);
}

const char *
screening_answer_short(enum answer_state s)
{
	return _(answers[s].brief);
}

/* --- lines ---------------------------------------------------------------- */

static bool
wanted(const struct screening_state *s, const struct screening_item *it)
{
	return !filter_active(&s->filter) ||
	       filter_match(&s->filter, it->indicator->text) ||
	       filter_match(&s->filter, screening_answer(it->state));
}

void
screening_state_narrow(struct screening_state *s)
{
	const char *group = NULL;

	s->n_lines = s->n_found = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct indicator *in = s->items[i].indicator;

		if (!wanted(s, &s->items[i]))
			continue;
		if (group == NULL || strcmp(group, in->group) != 0) {
			group = in->group;
			s->lines[s->n_lines++] = (struct screening_line){
				.group =
				    catalogue_group_title(s->catalogue, group)
			};
		}
		s->lines[s->n_lines++] = (struct screening_line){ .item = i };
		s->n_found++;
	}
}

struct screening_item *
screening_state_current(struct screening_state *s)
{
	size_t row;

	if (!list_current(&s->list, &row) || row >= s->n_lines ||
	    s->lines[row].group != NULL)
		return NULL;
	return &s->items[s->lines[row].item];
}

size_t
screening_state_looked(const struct screening_state *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->items[i].state != ANSWER_NOT_RAISED;
	return n;
}

/* --- reading -------------------------------------------------------------- */

static struct screening_item *
item_by_id(struct screening_state *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->items[i].indicator->id, id) == 0)
			return &s->items[i];
	return NULL;
}

static void
fill_items(struct view *v, struct screening_state *s)
{
	s->items = arena_alloc(
	    &v->arena, s->catalogue->n_items + 1, sizeof(*s->items));
	for (size_t i = 0; i < s->catalogue->n_items; i++)
		if (!s->catalogue->items[i].off)
			s->items[s->n++] = (struct screening_item){
				.indicator = &s->catalogue->items[i],
				.source = "",
				.note = ""
			};
	s->lines = arena_alloc(
	    &v->arena, s->n + s->catalogue->n_groups + 1, sizeof(*s->lines));
}

/* "id:version" of a stored snapshot is of this catalogue? */
static bool
same_catalogue(const char *stored, const struct catalogue *c)
{
	size_t n = strlen(c->id);

	return strncmp(stored, c->id, n) == 0 &&
	       (stored[n] == ':' || stored[n] == '\0');
}

static void
put_answers(struct screening_state *s, const struct screening *sc, bool before)
{
	for (size_t i = 0; i < sc->n_answers; i++) {
		struct screening_item *it = item_by_id(s, sc->answers[i].item);
		int state = answer_state_from_name(sc->answers[i].state);

		if (it == NULL || state < 0)
			continue;
		if (before) {
			it->before = (enum answer_state)state;
			continue;
		}
		it->state = (enum answer_state)state;
		it->source = sc->answers[i].source;
		it->note = sc->answers[i].note;
	}
}

/* The newest snapshot of this catalogue made before at (0: of all). */
static int
read_before(
    struct view *v, struct screening_state *s, int64_t at, struct err *e)
{
	struct screenings all = { 0 };
	struct screening one = { 0 };

	if (screening_list(
		app_session(v), v->route.case_uid, &v->arena, &all, e) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		if (!same_catalogue(all.list[i].catalogue, s->catalogue) ||
		    (at != 0 && all.list[i].at >= at))
			continue;
		if (screening_open(app_session(v), v->route.case_uid,
			all.list[i].uid, &v->arena, &one, e) == -1)
			return -1;
		put_answers(s, &one, true);
		s->has_before = true;
		break;
	}
	return 0;
}

static int
open_recorded(struct view *v, struct screening_state *s, struct err *e)
{
	const struct society *so = app_society(v);
	struct screening sc = { 0 };
	char day[24];

	if (screening_open(app_session(v), v->route.case_uid, v->route.record,
		&v->arena, &sc, e) == -1)
		return -1;
	for (size_t i = 0; i < so->n_catalogues; i++)
		if (same_catalogue(sc.catalogue, so->catalogues[i]))
			s->catalogue = so->catalogues[i];
	if (s->catalogue == NULL)
		return err_set(e, ERR_NOT_FOUND,
		    _("This snapshot is of a catalogue that is not configured "
		      "any more: %s."),
		    sc.catalogue);
	fill_items(v, s);
	put_answers(s, &sc, false);
	s->read_only = true;
	s->head = arena_printf(&v->arena, "%s · %s · %s · %s %s",
	    clock_full(sc.at, day, sizeof(day)), sc.by,
	    label_of(&so->outcomes, sc.outcome), _("wants:"), sc.wants);
	if (read_before(v, s, sc.at, e) == -1)
		return -1;
	s->compare = s->has_before;
	return 0;
}

/* --- drafts --------------------------------------------------------------- */

void
screening_state_draft(const struct view *v, struct buf *b)
{
	const struct screening_state *s = v->state;
	uint32_t n = 0;

	if (s->read_only)
		return;
	for (size_t i = 0; i < s->n; i++)
		n += s->items[i].state != ANSWER_NOT_RAISED ||
		     s->items[i].note[0] != '\0';
	if (n == 0)
		return;
	buf_add_u8(b, DRAFT_VERSION);
	buf_add_u32(b, (uint32_t)screening_pack(&s->choice));
	buf_add_bytes(b, s->catalogue->id, strlen(s->catalogue->id));
	buf_add_bytes(b, s->uid.b, sizeof(s->uid.b));
	buf_add_u32(b, n);
	for (size_t i = 0; i < s->n; i++) {
		const struct screening_item *it = &s->items[i];

		if (it->state == ANSWER_NOT_RAISED && it->note[0] == '\0')
			continue;
		buf_add_bytes(b, it->indicator->id, strlen(it->indicator->id));
		buf_add_u8(b, (uint8_t)it->state);
		buf_add_bytes(b, it->source, strlen(it->source));
		buf_add_bytes(b, it->note, strlen(it->note));
	}
}

bool
screening_state_goes_on(const struct view *v, const struct buf *draft)
{
	const struct screening_state *s = v->state;
	struct reader r;
	const uint8_t *id = NULL;
	size_t len = 0;
	uint32_t arg = 0;
	uint8_t version = 0;

	reader_init(&r, draft->data, draft->len);
	return !s->read_only && reader_u8(&r, &version) == 0 &&
	       version == DRAFT_VERSION && reader_u32(&r, &arg) == 0 &&
	       reader_bytes(&r, &id, &len) == 0 &&
	       len == strlen(s->catalogue->id) &&
	       memcmp(id, s->catalogue->id, len) == 0;
}

static char *
read_str(struct view *v, struct reader *r)
{
	const uint8_t *p = NULL;
	size_t n = 0;

	return reader_bytes(r, &p, &n) == -1 ? arena_str(&v->arena, "")
					     : arena_strn(&v->arena, p, n);
}

static int
damaged(struct err *e)
{
	return err_set(e, ERR_DAMAGED,
	    _("This draft cannot be read. It was made by another version, or "
	      "damaged."));
}

static int
read_draft(struct view *v, struct screening_state *s, const struct buf *b,
    struct err *e)
{
	struct reader r;
	const uint8_t *uid = NULL;
	size_t len = 0;
	uint32_t arg = 0, n = 0;
	uint8_t version = 0, state = 0;
	const char *id;

	reader_init(&r, b->data, b->len);
	if (reader_u8(&r, &version) == -1 || version != DRAFT_VERSION ||
	    reader_u32(&r, &arg) == -1)
		return damaged(e);
	s->choice = screening_unpack((int)arg);
	id = read_str(v, &r);
	s->catalogue = society_catalogue(app_society(v), id);
	if (s->catalogue == NULL || reader_bytes(&r, &uid, &len) == -1 ||
	    len != sizeof(s->uid.b) || reader_u32(&r, &n) == -1)
		return damaged(e);
	memcpy(s->uid.b, uid, len);
	fill_items(v, s);
	while (n-- > 0 && !r.failed) {
		struct screening_item *it = item_by_id(s, read_str(v, &r));
		const char *source, *note;

		(void)reader_u8(&r, &state);
		source = read_str(v, &r);
		note = read_str(v, &r);
		if (it == NULL || state >= ANSWER_STATE_COUNT)
			continue;
		it->state = (enum answer_state)state;
		it->source = source;
		it->note = note;
	}
	v->dirty = true;
	return r.failed ? damaged(e) : 0;
}

static int
open_draft(struct view *v, struct screening_state *s, struct err *e)
{
	struct buf b;
	int rc;

	buf_init(&b);
	rc = draft_load(app_session(v), v->route.draft, &b, e);
	if (rc == 0)
		rc = read_draft(v, s, &b, e);
	buf_done(&b);
	return rc;
}

int
screening_state_open(struct view *v, struct screening_state *s,
    const struct route *r, struct err *e)
{
	const struct society *so = app_society(v);

	s->outcome = "";
	s->head = "";
	if (!uid_null(&r->record))
		return open_recorded(v, s, e);
	if (!uid_null(&r->draft)) {
		if (open_draft(v, s, e) == -1)
			return -1;
		return read_before(v, s, 0, e);
	}
	s->choice = screening_unpack(r->arg);
	if (s->choice.catalogue >= so->n_catalogues)
		return err_set(
		    e, ERR_NOT_FOUND, _("No catalogue is configured."));
	s->catalogue = so->catalogues[s->choice.catalogue];
	s->uid = uid_new();
	fill_items(v, s);
	return read_before(v, s, 0, e);
}

/* --- saving --------------------------------------------------------------- */

int
screening_state_save(
    struct view *v, struct screening_state *s, const char *wants, struct err *e)
{
	static const char *const lists[] = { "", "AL", "AS", "CL", "CS" };
	const struct society *so = app_society(v);
	struct answer *a = arena_alloc(&v->arena, s->n + 1, sizeof(*a));
	struct screening sc = { .uid = s->uid,
		.case_uid = v->route.case_uid,
		.catalogue = arena_printf(&v->arena, "%s:%s", s->catalogue->id,
		    s->catalogue->version),
		.list = s->choice.list < 5 ? lists[s->choice.list] : "",
		.language = "",
		.interpreter = s->choice.independent ? "independent" : "none",
		.seen_alone = "yes",
		.gate_open = true,
		.outcome = s->outcome,
		.wants = wants,
		.note = "",
		.answers = a };

	if (s->choice.language > 0 && s->choice.language <= so->n_languages)
		sc.language = so->languages[s->choice.language - 1].id;
	for (size_t i = 0; i < s->n; i++) {
		const struct screening_item *it = &s->items[i];

		if (it->state != ANSWER_NOT_RAISED)
			a[sc.n_answers++] =
			    (struct answer){ .item = it->indicator->id,
				    .state = answer_state_name(it->state),
				    .source = it->source,
				    .note = it->note };
	}
	return screening_add(app_session(v), &sc, e);
}
