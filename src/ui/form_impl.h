/* SPDX-License-Identifier: ISC */
/* Between the files of the form engine only. */
#ifndef AMPARO_UI_FORM_IMPL_H
#define AMPARO_UI_FORM_IMPL_H

#include "ui/choice.h"
#include "ui/datefield.h"
#include "ui/edit.h"
#include "ui/form.h"

struct form_slot {
	struct edit edit; /* TEXT, LONG_TEXT, PHONE, CODE, NUMBER, SECRET */
	struct choice choice; /* CHOICE, MULTI, YES_NO, TRISTATE */
	struct datefield date;
	struct buf now, stored;
	struct buf message; /* what is wrong with it */
	/* An option was pointed at: only then does Enter choose it, so that
	 * nobody answers by going past. */
	bool aimed;
	/* Letters that answer nothing were typed on a row of options: those after
	 * them are words, and answer nothing either. */
	bool words;
	int scroll; /* INFO: lines scrolled */
	bool below; /* INFO: there was more below when last drawn */
	int page; /* INFO: lines seen at once when last drawn */
	const char *read; /* INFO: the words that could be read, or NULL */
};

struct form_values {
	const struct form *form;
};

enum form_widget { WIDGET_NONE, WIDGET_EDIT, WIDGET_CHOICE, WIDGET_DATE };
enum form_widget form_widget(enum form_type);
/* YES_NO and TRISTATE stand in one row. */
bool form_in_row(enum form_type);
/* "" for NULL and "", else translated: gettext("") is the catalogue's head. */
const char *form_tr(const char *);
/* What an INFO says now, translated. */
const char *form_words(const struct form *, size_t i);
size_t form_index(const struct form *, const char *id); /* n: none */
bool form_is_shown(const struct form *, size_t i);
/* Has a value that a person can give now. */
bool form_answerable(const struct form *, size_t i);
bool form_answered(const struct form *, size_t i);
/* The widget's value into the slot; true when it changed. */
bool form_sync(struct form *, size_t i);
/* Ask options_from and put what it says into the widgets. */
void form_refresh_options(struct form *);
/* By the picture that was drawn last, bring the cursor to words that have to be
 * read first and the field with it into sight: after every key, so that what a
 * key does never hangs on whether a picture came between it and the one before.
 * Nothing before the first picture. */
void form_settle(struct form *);
/* Check one field; sets or removes its message.  With all, an empty required
 * field is wrong, too. */
int form_check_field(struct form *, size_t i, bool all, struct err *);

#endif
