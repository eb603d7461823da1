/* SPDX-License-Identifier: ISC */
/*
 * Emergency numbers, each with the day it was checked.  A number past its day
 * of re-checking says so before anybody dials it for a person in danger.
 */
#include <stdio.h>

#include "app/router.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "numbers.h"
#include "screens.h"
#include "ui/text.h"

#define PARTS 3 /* of each number: what and which, checked, note */

struct state {
	struct text_part *parts;
	struct text_view text;
};

static char *
day(struct arena *a, int64_t number)
{
	struct civil c;
	struct fdate d;
	char out[16];

	clock_from_days(number, &c);
	d = (struct fdate){ .year = (int16_t)c.year,
		.month = (int8_t)c.month,
		.day = (int8_t)c.day,
		.precision = DATE_DAY };
	return arena_str(a, date_show(&d, out, sizeof(out)));
}

const char *
number_checked(struct arena *a, const struct number *n, int64_t today, bool *ok)
{
	*ok = n->verified_on != 0 && n->recheck_by >= today;
	if (n->verified_on == 0)
		return _("NEVER CHECKED HERE: ask a colleague before "
			 "relying on it");
	if (!*ok)
		return arena_printf(a,
		    _("MAY BE OUT OF DATE: checked %s, to be checked "
		      "again by %s"),
		    day(a, n->verified_on), day(a, n->recheck_by));
	return arena_printf(a, _("checked %s"), day(a, n->verified_on));
}

static struct text_part
checked(struct arena *a, const struct number *n, int64_t today)
{
	bool ok;
	const char *text = number_checked(a, n, today, &ok);

	return (struct text_part){
		.style = ok ? EL_DIM : EL_URGENT, .indent = 2, .text = text
	};
}

static int
open_numbers(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;
	const struct society *society = app_society(v);
	int64_t today = clock_day_of(app_now(v));
	size_t n = 0;

	(void)r;
	if (society == NULL)
		return err_set(err, ERR_INPUT, _("amparo is still starting"));
	s->parts = arena_alloc(
	    &v->arena, society->n_numbers * PARTS + 1, sizeof(*s->parts));
	if (society->n_numbers == 0)
		s->parts[n++] = (struct text_part){ .style = EL_URGENT,
			.text = _("No emergency number is configured here") };
	for (size_t i = 0; i < society->n_numbers; i++) {
		const struct number *one = &society->numbers[i];

		s->parts[n++] = (struct text_part){ .style = EL_HEADING,
			.text = arena_printf(&v->arena, "%s  %s%s", one->number,
			    one->label,
			    one->police_run ? _(" (run by the police)") : "") };
		s->parts[n++] = checked(&v->arena, one, today);
		if (one->note[0] != '\0')
			s->parts[n++] = (struct text_part){
				.style = EL_TEXT, .indent = 2, .text = one->note
			};
	}
	text_init(&s->text, s->parts, n);
	return 0;
}

static void
draw_numbers(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;

	text_draw(&s->text, c);
}

static enum next
key_numbers(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	(void)err;
	return text_key(&s->text, k) ? NEXT_STAY : NEXT_PASS;
}

const struct screen screen_numbers = {
	.name = "numbers",
	.title = N_("Emergency numbers"),
	.needs = PERM_NONE,
	.state_size = sizeof(struct state),
	.open = open_numbers,
	.draw = draw_numbers,
	.key = key_numbers,
};
