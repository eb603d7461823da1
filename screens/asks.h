/* SPDX-License-Identifier: ISC */
/*
 * What forms of several screens ask with: the National Society's lists as
 * options, the words that are read aloud, agreed days.  Everything returned
 * lives in the view's arena.
 */
#ifndef AMPARO_SCREENS_ASKS_H
#define AMPARO_SCREENS_ASKS_H

#include "app/formview.h"
#include "app/screen.h"
#include "ui/form.h"

/* One field in one row of a table. */
#define ASK(i, t, fl, l, h, ...)                                               \
	{                                                                      \
		.id = i, .type = FORM_##t, .flags = fl, .label = l, .help = h, \
		##__VA_ARGS__                                                  \
	}

const struct choice_option *asks_labels(
    struct view *, const struct labels *, size_t *n);
/* Whom the directory of the configuration names, with their conditions. */
const struct choice_option *asks_recipients(struct view *, size_t *n);
const struct choice_option *asks_languages(struct view *, size_t *n);
/* Most urgent first, with what each level means. */
const struct choice_option *asks_risks(struct view *, size_t *n);

/*
 * The approved text of a kind ("limits", "work_together", "release") to be
 * read aloud: in that language, else in the first of the society's languages
 * that has one, for the interpreter to read from.  NULL: the printed sheet is
 * used.  What is shown and what is recorded come from here alike.
 */
const struct script *asks_script(
    const struct view *, const char *kind, const char *language);
/* Its words with id and version, or what to use instead. */
const char *asks_script_words(
    const struct view *, const char *kind, const char *language);
/* Is it in another language than the one that was chosen? */
bool asks_script_foreign(
    const struct view *, const char *kind, const char *language);
/* What is said then. */
#define ASKS_FOREIGN                                                    \
	N_("No text in this language is approved yet. The interpreter " \
	   "reads from this one, a sentence at a time.")
/* "id:version" for the record, or "sheet". */
const char *asks_script_record(
    struct view *, const char *kind, const char *language);

/*
 * Of a consent, for form_field.show_if: a yes, to all or to a part, stands in
 * the field "decision"; another answer does; the yes is not the person's own or
 * a guardian's (field "given_by"), and it has to be said who decided.
 */
bool asks_agreed(void *ctx, const struct form_values *);
bool asks_refused(void *ctx, const struct form_values *);
bool asks_not_own(void *ctx, const struct form_values *);

/* Whom the field "recipient" names: what the person is told of it first, for
 * form_field.text_from, and whether there is anything to say. */
const char *asks_say_first(void *ctx, const struct form_values *);
bool asks_has_first(void *ctx, const struct form_values *);
/* How one comes there, beside what the person needs to come: so that what is
 * missing is asked for.  It is no words of ours to them, and does not go along. */
const char *asks_coming(void *ctx, const struct form_values *);
bool asks_has_coming(void *ctx, const struct form_values *);

/* What a date field holds; unknown where nothing was said. */
struct fdate asks_date(const struct formview *, const char *id);

/* "14:30", "9.05" or "0930", the hour of an agreed day; for form_field.check. */
int asks_check_time(
    void *ctx, const struct form_values *, const char *value, struct err *);
/* The field for it, under the date field "due". */
#define ASKS_TIME(id_, due)                                          \
	ASK(id_, TEXT, 0, N_("At what time?"),                       \
	    N_("Like 14:30; empty: at any time that day"), .max = 5, \
	    .show_field = due, .check = asks_check_time)

/* Which kinds of data are ticked: set of enum data_scope. */
unsigned asks_scope(const struct formview *, const char *id);

/* The instant something happened, by a day and a time of the form, UTC ms: no
 * day is now; a day without a time its end, or now where that is to come. */
int64_t asks_happened(
    const struct formview *, const char *day, const char *time, int64_t now);

/* The instant an agreed day (as a form holds it) is over, or the time of it
 * that was agreed, UTC ms; 0 for no day.  time: "" where none was. */
int64_t asks_due(const char *date, const char *time);

#endif
