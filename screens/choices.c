/* SPDX-License-Identifier: ISC */
/*
 * What a person wants on their own screens: language, theme, what a session
 * begins with.  Kept in the vault, so that it is the same on every terminal
 * they sit down at; the next person has their own.
 */
#include <stdio.h>
#include <string.h>

#include "app/door.h"
#include "app/formview.h"
#include "base/i18n.h"
#include "config/society.h"
#include "screens.h"
#include "store/user.h"
#include "ui/theme.h"

#define LANGUAGES_MOST 32
#define SOCIETY "society"

struct choices_state {
	struct formview form;
	struct choice_option languages[LANGUAGES_MOST];
	size_t n_languages;
};

static size_t
languages(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct choices_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->languages;
	return s->n_languages;
}

#define AS_SOCIETY                                       \
	{                                                \
		SOCIETY, N_("As the society has it"), "" \
	}
static const struct choice_option themes[] = { AS_SOCIETY,
	{ "default", N_("The terminal's own colours"), "" },
	{ "high-contrast", N_("High contrast"), "" },
	{ "mono", N_("Without colours"), "" } };
static const struct choice_option starts[] = { AS_SOCIETY,
	{ "today", N_("Today: what is promised, overdue, due"), "" },
	{ "cases", N_("The list of cases"), "" } };

static const struct form_field fields[] = {
	{ .id = "language",
	    .type = FORM_CHOICE,
	    .flags = FORM_REQUIRED,
	    .label = N_("Language"),
	    .help = N_("Of these screens; what is read aloud to people has its "
		       "own."),
	    .options_from = languages },
	{ .id = "theme",
	    .type = FORM_CHOICE,
	    .flags = FORM_REQUIRED,
	    .label = N_("Colours"),
	    .help = N_("No meaning is told by a colour alone."),
	    .options = themes,
	    .n_options = sizeof(themes) / sizeof(themes[0]) },
	{ .id = "start",
	    .type = FORM_CHOICE,
	    .flags = FORM_REQUIRED,
	    .label = N_("Begin with"),
	    .help = N_("T and C go from the one to the other at any time."),
	    .options = starts,
	    .n_options = sizeof(starts) / sizeof(starts[0]) },
};

static const char *
chosen(const struct formview *fv, const char *id)
{
	const char *value = formview_get(fv, id);

	return strcmp(value, SOCIETY) == 0 ? "" : value;
}

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);

	if (user_choose(app_session(v), chosen(fv, "language"),
		chosen(fv, "theme"), chosen(fv, "start"), err) < 0)
		return -1;
	app_chose(v);
	return 0;
}

static const struct formview_step step = { N_("Your own screens"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = { .steps = &step,
	.n_steps = 1,
	.save = save,
	.saved = N_("Saved: on every terminal you sign in at.") };

/* A language by its own name; the society knows most of those of its place. */
static const char *
own_name(const struct society *society, const char *code)
{
	static const struct {
		const char *code, *name;
	} known[] = { { "en", "English" }, { "es", "Español" },
		{ "fr", "Français" }, { "pt", "Português" },
		{ "ar", "العربية" }, { "ru", "Русский" } };

	for (size_t i = 0; i < society->n_languages; i++)
		if (strcmp(society->languages[i].id, code) == 0)
			return society->languages[i].label;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].code, code) == 0)
			return known[i].name;
	return code;
}

static void
find_languages(struct view *v)
{
	static const struct choice_option society = AS_SOCIETY;
	struct choices_state *s = v->state;
	char codes[LANGUAGES_MOST - 1][I18N_CODE];
	size_t n = i18n_installed(codes, LANGUAGES_MOST - 1);

	s->languages[s->n_languages++] = society;
	for (size_t i = 0; i < n; i++) {
		const char *code = arena_str(&v->arena, codes[i]);

		s->languages[s->n_languages++] = (struct choice_option){ code,
			own_name(app_society(v), code), "" };
	}
}

static void
load(struct formview *fv, const char *id, const char *value)
{
	formview_load(fv, id, value[0] == '\0' ? SOCIETY : value);
}

static int
open_choices(struct view *v, const struct route *r, struct err *err)
{
	const struct user *u = session_user(app_session(v));
	struct formview *fv;

	(void)r;
	find_languages(v);
	fv = formview_init(v, &use, v);
	load(fv, "language", u->language);
	load(fv, "theme", u->theme);
	load(fv, "start", u->start);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_NONE };

const struct screen screen_choices = {
	.name = "my-screens",
	.title = N_("Your own screens"),
	.needs = PERM_NONE,
	.state_size = sizeof(struct choices_state),
	.actions = actions,
	.open = open_choices,
	.form = formview_state,
};
