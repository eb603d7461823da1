/* SPDX-License-Identifier: ISC */
#include "base/clock.h"
#include "rules/names.h"
#include "rules/tasks.h"
#include "rules/timers.h"

enum at_is { WHEN, SINCE };

static const struct {
	const char *name;
	bool closed; /* a closed case waits for it, too */
	enum at_is at;
} kinds[TASK_COUNT] = {
#define TASK_ROW(id, name, closed, at) [TASK_##id] = { (name), (closed), (at) },
	TASKS(TASK_ROW)
};
static const char *const names[TASK_COUNT] = {
#define TASK_NAME(id, name, closed, at) [TASK_##id] = (name),
	TASKS(TASK_NAME)
};

const char *
task_name(enum task_kind k)
{
	return NAME_OF(names, k);
}

int
task_from_name(const char *name)
{
	return name_find(names, TASK_COUNT, name);
}

/* No level yet counts as the most urgent one, as everywhere. */
static bool
pressing(const struct society *s, int risk)
{
	if (risk < 0 || (size_t)risk >= s->n_risks)
		return true;
	return s->risks[risk].urgent_or_high;
}

static int64_t
decide_by(const struct society *s, int risk, int64_t from)
{
	static const struct span next_day = { 1, SPAN_WORKING_DAYS };
	const struct work_calendar cal = { .weekend = s->weekend,
		.holidays = s->holidays,
		.n = s->n_holidays };

	if (pressing(s, risk))
		return from + TASK_DECIDE_HOURS * CLOCK_HOUR;
	return timer_span(&next_day, from, &cal);
}

static int64_t
due_of(const struct society *s, const struct task_case *c,
    const struct task_fact *f)
{
	if (kinds[f->kind].at == WHEN)
		return f->at;
	switch (f->kind) {
	case TASK_VERIFY_CONTACT:
		return contact_verify_by(
		    &(const struct contact_age){ .verified_at = f->at,
			.expires_at = f->ends,
			.urgent_or_high = pressing(s, c->risk) });
	default:
		return decide_by(s, c->risk, f->at);
	}
}

static bool
comes_before(const struct task *a, const struct task *b)
{
	if (a->due != b->due)
		return a->due < b->due;
	if (a->kind != b->kind)
		return a->kind < b->kind;
	return uid_cmp(&a->object, &b->object) < 0;
}

/* Where one of the same kind and object is; n: nowhere. */
static size_t
find(const struct task *list, size_t n, const struct task *t)
{
	size_t i = 0;

	while (i < n && (list[i].kind != t->kind ||
			    !uid_eq(&list[i].object, &t->object)))
		i++;
	return i;
}

static void
put(struct task *list, size_t *n, const struct task *t)
{
	size_t at = find(list, *n, t);

	if (at < *n) {
		if (list[at].due <= t->due)
			return;
		for (; at + 1 < *n; at++)
			list[at] = list[at + 1];
		(*n)--;
	}
	at = *n;
	for (; at > 0 && comes_before(t, &list[at - 1]); at--)
		list[at] = list[at - 1];
	list[at] = *t;
	(*n)++;
}

size_t
tasks_make(const struct society *s, const struct task_case *c,
    const struct task_fact *facts, size_t n, struct task *out)
{
	size_t made = 0;

	for (size_t i = 0; i < n; i++) {
		const struct task_fact *f = &facts[i];

		if (f->at == 0 || (unsigned)f->kind >= TASK_COUNT ||
		    (c->closed && !kinds[f->kind].closed))
			continue;
		put(out, &made,
		    &(const struct task){ .kind = f->kind,
			.object = f->object,
			.due = due_of(s, c, f),
			.promised = f->kind == TASK_PROMISED,
			.to = f->to,
			.user = f->user,
			.branch = f->branch });
	}
	return made;
}

void
tasks_ways(const struct society *s, struct buf *b)
{
	/* Some Friday afternoon; an agreement that ends, and one that does
	 * not. */
	const int64_t at = (int64_t)1795791600 * CLOCK_SECOND;
	const int64_t ends[] = { 0, at + 20 * CLOCK_DAY };

	/* Every kind, level, closed or not, with each end. */
	for (size_t i = 0; i < TASK_COUNT * (s->n_risks + 1) * 4; i++) {
		enum task_kind k = (enum task_kind)(i % TASK_COUNT);
		const struct task_fact f = {
			.kind = k, .at = at, .ends = ends[i / TASK_COUNT % 2]
		};
		const struct task_case c = { .closed = i / TASK_COUNT / 2 % 2,
			.risk = (int)(i / TASK_COUNT / 4) - 1 };
		struct task t;

		if (tasks_make(s, &c, &f, 1, &t) == 0)
			buf_addf(b, "%s -\n", task_name(k));
		else
			buf_addf(b, "%s %lld %d\n", task_name(k),
			    (long long)(t.due - at), t.promised);
	}
}
