/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "config/reader_inside.h"
#include "config/reader_value.h"
#include "config/society.h"

#define TEXT_MAX 200 /* bytes, where a table says nothing */
#define WORDS_MAX 4000
#define SPAN_MAX 400 /* of anything: more than a year of days is a typo */

static void problem(struct conf *, const config_setting_t *, const char *, ...)
    __attribute__((format(printf, 3, 4)));

static void
problem(struct conf *c, const config_setting_t *s, const char *fmt, ...)
{
	struct buf b;
	va_list ap;

	buf_init(&b);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	problem_add(c->problems, c->file, (int)config_setting_source_line(s),
	    "%s", b.data);
	buf_done(&b);
}

void
conf_wrong_type(struct conf *c, const config_setting_t *s,
    const struct key_spec *k, const char *expected)
{
	problem(c, s, _("\"%s\" is of another type; expected is %s"), k->name,
	    expected);
}

/* --- words ------------------------------------------------------------------ */

/* One string, checked for what could not be shown; NULL when it will not do. */
static const char *
clean(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    bool lines)
{
	const char *raw = config_setting_get_string(s), *text = NULL;
	size_t removed = 0;
	struct buf b;

	if (raw == NULL) {
		conf_wrong_type(c, s, k, _("text in quotes, \"...\""));
		return NULL;
	}
	if (!lines && strpbrk(raw, "\n\r\t") != NULL) {
		problem(c, s,
		    _("\"%s\" has more than one line; one is "
		      "expected"),
		    k->name);
		return NULL;
	}
	buf_init(&b);
	if (!utf8_valid(raw, strlen(raw)))
		removed = 1;
	else
		utf8_clean(&b, raw, strlen(raw), lines, &removed);
	if (removed > 0)
		problem(c, s,
		    _("\"%s\" holds characters that cannot be shown "
		      "(control, direction or hidden ones); take "
		      "them out"),
		    k->name);
	else
		text = arena_str(c->arena, b.data);
	buf_done(&b);
	return text;
}

static bool
fits(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    size_t len, size_t max)
{
	size_t most = k->max > 0 ? (size_t)k->max : max;
	size_t fewest = k->min > 0 ? (size_t)k->min : (k->required ? 1 : 0);

	if (len >= fewest && len <= most)
		return true;
	if (len == 0)
		problem(c, s, _("\"%s\" is empty; it is needed: %s"), k->name,
		    k->help);
	else
		problem(c, s,
		    _("\"%s\" has %zu bytes; %zu to %zu are "
		      "expected"),
		    k->name, len, fewest, most);
	return false;
}

static void
value_text(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    const char **to)
{
	const char *text = clean(c, s, k, false);

	if (text != NULL && fits(c, s, k, strlen(text), TEXT_MAX))
		*to = text;
}

/* A string with line ends, or a list with a string a line. */
static void
value_words(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    const char **to)
{
	struct buf b;
	const char *line;
	int n;

	buf_init(&b);
	if (!config_setting_is_list(s) && !config_setting_is_array(s)) {
		if ((line = clean(c, s, k, true)) == NULL)
			goto out;
		buf_add_str(&b, line);
	} else {
		n = config_setting_length(s);
		for (int i = 0; i < n; i++) {
			line = clean(c,
			    config_setting_get_elem(s, (unsigned int)i), k,
			    false);
			if (line == NULL)
				goto out;
			if (i > 0)
				buf_add_char(&b, '\n');
			buf_add_str(&b, line);
		}
	}
	if (fits(c, s, k, b.len, WORDS_MAX))
		*to = arena_str(c->arena, b.data);
out:
	buf_done(&b);
}

void
conf_id(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    const char **to)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz0123456789_.-";
	const char *raw = config_setting_get_string(s);
	size_t len;

	if (raw == NULL) {
		conf_wrong_type(c, s, k, _("an id in quotes"));
		return;
	}
	len = strlen(raw);
	if (len == 0 && !k->required && k->type == KEY_ID)
		return;
	if (len == 0 || len > CONF_ID_MAX || strchr(first, raw[0]) == NULL ||
	    strspn(raw, rest) != len) {
		problem(c, s,
		    _("\"%s\" is \"%s\"; expected is an id: 1 to %d "
		      "of a-z 0-9 _ . - and first a letter or "
		      "digit"),
		    k->name, raw, CONF_ID_MAX);
		return;
	}
	*to = arena_str(c->arena, raw);
}

static const struct choice *
choose(struct conf *c, const config_setting_t *s, const struct key_spec *k)
{
	const char *raw = config_setting_get_string(s);
	struct buf b;

	for (const struct choice *o = k->choices; raw && o->name; o++) {
		if (strcmp(o->name, raw) == 0)
			return o;
	}
	buf_init(&b);
	for (const struct choice *o = k->choices; o->name != NULL; o++)
		buf_addf(&b, "%s\"%s\"", o == k->choices ? "" : ", ", o->name);
	problem(c, s, _("\"%s\" is %s%s%s; expected is one of %s"), k->name,
	    raw == NULL ? "" : "\"", raw == NULL ? _("not text") : raw,
	    raw == NULL ? "" : "\"", b.data);
	buf_done(&b);
	return NULL;
}

/* --- numbers ---------------------------------------------------------------- */

static void
value_int(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    int *to)
{
	long long v;

	if (config_setting_type(s) != CONFIG_TYPE_INT &&
	    config_setting_type(s) != CONFIG_TYPE_INT64) {
		conf_wrong_type(c, s, k, _("a whole number"));
		return;
	}
	v = config_setting_get_int64(s);
	/* What conf_scan() put in place of a number with too many digits, of
	 * which enough was said. */
	if (config_setting_type(s) == CONFIG_TYPE_INT && llabs(v) == TOO_LARGE)
		return;
	if (v < k->min || v > k->max)
		problem(c, s, _("\"%s\" is %lld; %ld to %ld is expected"),
		    k->name, v, k->min, k->max);
	else
		*to = (int)v;
}

static void
value_bool(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    bool *to)
{
	if (config_setting_type(s) != CONFIG_TYPE_BOOL)
		conf_wrong_type(c, s, k, _("true or false, without quotes"));
	else
		*to = config_setting_get_bool(s) != 0;
}

static void
value_date(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    int64_t *to)
{
	const char *raw = config_setting_get_string(s);
	struct date_examples as;
	struct fdate date;
	int64_t first, last;

	if (raw == NULL || date_from_iso(raw, &date) != 0 ||
	    date.precision != DATE_DAY ||
	    date_range(&date, &first, &last) != 0) {
		date_examples(clock_day_of(clock_now()), &as);
		problem(c, s,
		    _("\"%s\" is no date; expected is a day in "
		      "quotes, \"%s\""),
		    k->name, as.iso);
	} else
		*to = first;
}

static void
value_span(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    struct span *to)
{
	static const struct {
		const char *word;
		enum span_unit unit;
	} units[] = { { " hour", SPAN_HOURS }, { " hours", SPAN_HOURS },
		{ " day", SPAN_DAYS }, { " days", SPAN_DAYS },
		{ " working day", SPAN_WORKING_DAYS },
		{ " working days", SPAN_WORKING_DAYS } };
	const char *raw = config_setting_get_string(s);
	char *end = NULL;
	long n = -1;

	if (raw != NULL && raw[0] >= '0' && raw[0] <= '9')
		n = strtol(raw, &end, 10);
	for (size_t i = 0;
	     n >= 0 && n <= SPAN_MAX && i < sizeof(units) / sizeof(units[0]);
	     i++) {
		if (strcmp(end, units[i].word) != 0)
			continue;
		*to = (struct span){ (int)n, units[i].unit };
		return;
	}
	problem(c, s,
	    _("\"%s\" is no time span; expected is \"24 hours\", "
	      "\"3 days\" or \"2 working days\", up to %d"),
	    k->name, SPAN_MAX);
}

static void
value_days(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    unsigned *to)
{
	static const char *const names[] = { "sunday", "monday", "tuesday",
		"wednesday", "thursday", "friday", "saturday" };
	unsigned mask = 0;
	int n;

	if (!config_setting_is_list(s) && !config_setting_is_array(s)) {
		conf_wrong_type(
		    c, s, k, _("a list of days, [ \"saturday\", \"sunday\" ]"));
		return;
	}
	n = config_setting_length(s);
	for (int i = 0; i < n; i++) {
		const char *raw = config_setting_get_string_elem(s, i);
		unsigned before = mask;

		for (unsigned d = 0; raw != NULL && d < 7; d++) {
			if (strcmp(names[d], raw) == 0)
				mask |= 1u << d;
		}
		if (mask == before)
			problem(c, s,
			    _("\"%s\": \"%s\" is no day, or stands "
			      "there twice; expected are sunday to "
			      "saturday"),
			    k->name, raw == NULL ? "?" : raw);
	}
	*to = mask;
}

/* --- roles ------------------------------------------------------------------ */

static void
grant(struct conf *c, const config_setting_t *s, uint8_t scopes[PERM_COUNT])
{
	static const char *const names[] = { [SCOPE_NOBODY] = "nobody",
		[SCOPE_OWN] = "own",
		[SCOPE_BRANCH] = "branch",
		[SCOPE_ALL] = "all" };
	const char *name = config_setting_name(s);
	const char *raw = config_setting_get_string(s);
	int p = permission_from_name(name);

	if (p < 0) {
		if (!c->twice || name[0] != TWICE)
			problem(c, s,
			    _("\"%s\" is no permission; they are "
			      "listed in config/README.md"),
			    name);
		return;
	}
	for (uint8_t i = 0; raw != NULL && i <= SCOPE_ALL; i++) {
		if (strcmp(names[i], raw) == 0) {
			scopes[p] = i;
			return;
		}
	}
	problem(c, s,
	    _("\"%s\" reaches \"%s\"; expected is \"nobody\", "
	      "\"own\", \"branch\" or \"all\""),
	    name, raw == NULL ? "?" : raw);
}

static void
value_grants(struct conf *c, const config_setting_t *s,
    const struct key_spec *k, struct grants *to)
{
	int n, r;

	if (!config_setting_is_group(s)) {
		conf_wrong_type(c, s, k, _("a group of roles"));
		return;
	}
	n = config_setting_length(s);
	for (int i = 0; i < n; i++) {
		const config_setting_t *role =
		    config_setting_get_elem(s, (unsigned int)i);
		const char *name = config_setting_name(role);

		r = role_from_name(name);
		if (c->twice && name[0] == TWICE)
			continue;
		if (r < 0 || !config_setting_is_group(role)) {
			problem(c, role,
			    _("\"%s\" is no role with its "
			      "permissions, NAME = { ... }; roles "
			      "are listed in config/README.md"),
			    name);
			continue;
		}
		for (int j = 0; j < config_setting_length(role); j++)
			grant(c, config_setting_get_elem(role, (unsigned int)j),
			    to->scope[r]);
	}
	/* A role left out would be powerless by accident; "{ }" says so. */
	for (r = 0; r < ROLE_COUNT && !c->partial; r++) {
		if (config_setting_get_member(s, role_name((enum role)r)) ==
		    NULL)
			problem(c, s,
			    _("role \"%s\" is missing here; write "
			      "%s = { } to grant it nothing"),
			    role_name((enum role)r), role_name((enum role)r));
	}
}

/* ---------------------------------------------------------------------------- */

void
conf_value(struct conf *c, const config_setting_t *s, const struct key_spec *k,
    void *to)
{
	const struct choice *o;

	switch (k->type) {
	case KEY_TEXT:
		value_text(c, s, k, to);
		break;
	case KEY_WORDS:
		value_words(c, s, k, to);
		break;
	case KEY_ID:
		conf_id(c, s, k, to);
		break;
	case KEY_INT:
		value_int(c, s, k, to);
		break;
	case KEY_BOOL:
		value_bool(c, s, k, to);
		break;
	case KEY_DATE:
		value_date(c, s, k, to);
		break;
	case KEY_SPAN:
		value_span(c, s, k, to);
		break;
	case KEY_CHOICE: /* enums are as wide as int with this compiler */
		if ((o = choose(c, s, k)) != NULL)
			memcpy(to, &o->value, sizeof(o->value));
		break;
	case KEY_WORD:
		if ((o = choose(c, s, k)) != NULL)
			memcpy(to, &o->name, sizeof(o->name));
		break;
	case KEY_DAYS:
		value_days(c, s, k, to);
		break;
	case KEY_GRANTS:
		value_grants(c, s, k, to);
		break;
	case KEY_IDS:
	case KEY_GROUP:
	case KEY_LIST:
		break; /* reader_decode.c */
	}
}
