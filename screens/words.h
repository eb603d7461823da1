/* SPDX-License-Identifier: ISC */
/* Words for the codes that cases are made of, the same on every screen. */
#ifndef AMPARO_WORDS_H
#define AMPARO_WORDS_H

#include <stddef.h>

#include "base/arena.h"
#include "ui/choice.h"

/* Translated; an unknown code shows as it is. */
const char *words_next(const char *code); /* rules/workflow.h next_action */
const char *words_task(const char *code); /* rules/tasks.h task_kind */
const char *words_stage(const char *code); /* rules/workflow.h stage */
/* Why nobody calls before somebody has looked; "" where nothing holds it. */
const char *words_held(const char *code);
const char *words_may_contact(const char *code);
const char *words_decision(const char *code); /* of a consent */
const char *words_field(const char *field); /* of a case or a person */
const char *words_deadline(const char *what); /* case_file.deadline_what */
const char *words_event(const char *kind); /* of a timeline */
/* What was done, of the record of who looked; "(refused)" stays behind it. */
const char *words_action(struct arena *, const char *action);

/* The label of a value in a table of options; the value where it is none. */
const char *words_label(
    const struct choice_option *, size_t n, const char *value);

/* Options that several screens offer, with how many there are. */
extern const struct choice_option words_may_contacts[3];

#endif
