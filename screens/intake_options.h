/* SPDX-License-Identifier: ISC */
/*
 * The answers the intake form offers: the program's own vocabularies and the
 * National Society's lists.
 */
#ifndef AMPARO_SCREENS_INTAKE_OPTIONS_H
#define AMPARO_SCREENS_INTAKE_OPTIONS_H

#include "app/screen.h"
#include "ui/form.h"

enum intake_with {
	WITH_NONE,
	/* ours */
	WITH_SIX,
	WITH_MAY_CONTACT,
	WITH_ALONE,
	WITH_INTERPRETER,
	WITH_KEEP,
	WITH_DECISION,
	WITH_GIVEN_BY,
	WITH_FORM,
	WITH_CHILD,
	WITH_GUARDIAN,
	/* the National Society's */
	WITH_LANGUAGES,
	WITH_CHANNELS,
	WITH_WAYS,
	WITH_INFORMATION,
	WITH_NUMBERS,
	WITH_RISKS,
	WITH_SEXES,
	WITH_AGES,
	/* words to read */
	WITH_WINDOWS,
	WITH_DUTIES
};

/* Fill in the options or the words of a field; they live in the view's arena
 * or are static. */
void intake_fill(struct view *, enum intake_with, struct form_field *);

#endif
