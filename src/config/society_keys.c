/* SPDX-License-Identifier: ISC */
/*
 * Every key of a society's file: one row each.  Reading, checking of types
 * and ranges, and the operator's guide all come from here.
 */
#include "config/society_inside.h"

_Static_assert(sizeof(enum age_rule) == sizeof(int) &&
		   sizeof(enum recipient_kind) == sizeof(int) &&
		   sizeof(enum rule_ages) == sizeof(int) &&
		   sizeof(enum offer_kind) == sizeof(int) &&
		   sizeof(enum release_limit) == sizeof(int),
    "the reader writes a choice as an int");

#define YES true
#define NO false
#define ROWS(rows) .keys = (rows), .n = sizeof(rows) / sizeof((rows)[0])
/* The arguments after the meaning are further fields of the row. */
#define KEY(owner, field, type_, needed, text, ...)                      \
	{                                                                \
		.name = #field, .type = (type_), .required = (needed),   \
		.offset = offsetof(struct owner, field), .help = (text), \
		__VA_ARGS__                                              \
	}
/* A list of structs or ids, and its count n_FIELD. */
#define MANY(owner, field, type_, needed, least, most, text, ...)       \
	KEY(owner, field, type_, needed, text,                          \
	    .count = offsetof(struct owner, n_##field), .min = (least), \
	    .max = (most), __VA_ARGS__)
/* A struct labels of struct society. */
#define LABELS(field, needed, most, text)                               \
	{                                                               \
		.name = #field, .type = KEY_LIST, .required = (needed), \
		.offset = offsetof(struct society, field) +             \
			  offsetof(struct labels, list),                \
		.count = offsetof(struct society, field) +              \
			 offsetof(struct labels, n),                    \
		.min = (needed) ? 1 : 0, .max = (most),                 \
		.inner = &labelled_table, .help = (text)                \
	}

static const struct key_spec labelled_keys[] = {
	KEY(labelled, id, KEY_ID, YES,
	    "what the databases store; never reuse one"),
	KEY(labelled, label, KEY_TEXT, YES, "what people read", .max = 160),
	KEY(labelled, help, KEY_TEXT, NO, "one more sentence", .max = 300),
};
static const struct table_spec labelled_table = { ROWS(labelled_keys),
	.size = sizeof(struct labelled), .unique = true };

static const struct key_spec language_keys[] = {
	KEY(language, id, KEY_ID, YES, "ISO 639 code"),
	KEY(language, label, KEY_TEXT, YES, "its name"),
	KEY(language, also, KEY_TEXT, NO,
	    "its name in other languages, for searching", .max = 160),
	KEY(language, rtl, KEY_BOOL, NO, "written from right to left"),
};
static const struct table_spec language_table = { ROWS(language_keys),
	.size = sizeof(struct language),
	.place = offsetof(struct language, place), .unique = true };

static const struct key_spec place_keys[] = {
	KEY(locality, id, KEY_ID, YES, "what serves names it by"),
	KEY(locality, label, KEY_TEXT, YES, "its name", .max = 80),
	KEY(locality, also, KEY_TEXT, NO,
	    "its name in other languages, for searching", .max = 160),
	KEY(locality, within, KEY_ID, NO, "the place it lies in, of places"),
};
static const struct table_spec place_table = { ROWS(place_keys),
	.size = sizeof(struct locality),
	.place = offsetof(struct locality, place), .unique = true };

static const struct key_spec risk_keys[] = {
	KEY(risk_level, id, KEY_ID, YES, "its code"),
	KEY(risk_level, label, KEY_TEXT, YES, "its name", .max = 40),
	{ .name = "short",
	    .type = KEY_TEXT,
	    .required = YES,
	    .offset = offsetof(struct risk_level, shorter),
	    .max = 12,
	    .help = "its name in a narrow column, three or four letters" },
	KEY(risk_level, mark, KEY_TEXT, NO,
	    "says it without colour, like !!!; no two alike", .max = 4),
	KEY(risk_level, meaning, KEY_TEXT, YES, "the harm if nothing is done"),
	KEY(risk_level, urgent_or_high, KEY_BOOL, NO,
	    "calendar time only; safe contact goes stale sooner"),
	KEY(risk_level, first_response, KEY_SPAN, YES,
	    "from the first contact to first help"),
	KEY(risk_level, assessment, KEY_SPAN, YES, "to the assessment"),
	KEY(risk_level, follow_up, KEY_SPAN, YES,
	    "longest time between contacts"),
	KEY(risk_level, review, KEY_SPAN, YES, "longest time between reviews"),
};
static const struct table_spec risk_table = { ROWS(risk_keys),
	.size = sizeof(struct risk_level), .unique = true };

static const struct key_spec holiday_keys[] = {
	KEY(holiday, day, KEY_DATE, YES, "the day"),
	KEY(holiday, name, KEY_TEXT, YES, "what it is"),
};
static const struct table_spec holiday_table = { ROWS(holiday_keys),
	.size = sizeof(struct holiday),
	.place = offsetof(struct holiday, place) };

static const struct choice age_rules[] = { { "caregiver", AGE_CAREGIVER },
	{ "caregiver_willing", AGE_WILLING },
	{ "assent_caregiver", AGE_ASSENT },
	{ "own_with_caregiver", AGE_OWN_CAREGIVER }, { "own", AGE_OWN },
	{ NULL, 0 } };
static const struct key_spec age_band_keys[] = {
	KEY(society_age_band, from, KEY_INT, YES, "first age in years",
	    .min = 0, .max = 30),
	KEY(society_age_band, rule, KEY_CHOICE, YES, "who must agree",
	    .choices = age_rules),
};
static const struct table_spec age_band_table = { ROWS(age_band_keys),
	.size = sizeof(struct society_age_band) };

static const struct key_spec consent_keys[] = {
	KEY(consent_kind, id, KEY_ID, YES,
	    "its code; work_together, release and statistics are needed"),
	KEY(consent_kind, label, KEY_TEXT, YES, "its name"),
	KEY(consent_kind, needs_recipient, KEY_BOOL, NO,
	    "names one recipient, purpose and data"),
	KEY(consent_kind, single_use, KEY_BOOL, NO, "for one time only"),
	KEY(consent_kind, default_days, KEY_INT, NO,
	    "ends after so many days; 0 not by itself", .min = 0, .max = 3660),
};
static const struct table_spec consent_table = { ROWS(consent_keys),
	.size = sizeof(struct consent_kind), .unique = true };

static const struct key_spec script_keys[] = {
	KEY(script, id, KEY_ID, YES, "its code; one for each language"),
	KEY(script, kind, KEY_ID, YES, "a consent kind, or limits"),
	KEY(script, language, KEY_ID, YES, "one of languages"),
	KEY(script, version, KEY_ID, YES, "recorded with every consent"),
	KEY(script, approved, KEY_BOOL, YES,
	    "translated back and signed off; only then can it be picked"),
	KEY(script, approved_by, KEY_TEXT, NO,
	    "code of whoever signed, never a name", .max = 40),
	KEY(script, approved_on, KEY_DATE, NO, "when"),
	KEY(script, grade, KEY_INT, NO, "school years needed to follow it",
	    .min = 0, .max = 20),
	KEY(script, text, KEY_WORDS, NO,
	    "the words, a paragraph a line; may be left out when not approved",
	    .max = 6000),
};
static const struct table_spec script_table = { ROWS(script_keys),
	.size = sizeof(struct script),
	.place = offsetof(struct script, place) };

const struct choice recipient_kinds[] = { { "movement", RECIPIENT_MOVEMENT },
	{ "health", RECIPIENT_HEALTH }, { "legal", RECIPIENT_LEGAL },
	{ "shelter", RECIPIENT_SHELTER },
	{ "protection", RECIPIENT_PROTECTION }, { "labour", RECIPIENT_LABOUR },
	{ "nrm", RECIPIENT_NRM }, { "police", RECIPIENT_POLICE },
	{ "immigration", RECIPIENT_IMMIGRATION },
	{ "embassy", RECIPIENT_EMBASSY }, { "employer", RECIPIENT_EMPLOYER },
	{ "family", RECIPIENT_FAMILY }, { "media", RECIPIENT_MEDIA },
	{ "statistics", RECIPIENT_STATISTICS }, { NULL, 0 } };
static const struct choice rule_ages[] = { { "any", AGES_ANY },
	{ "child", AGES_CHILD }, { "adult", AGES_ADULT }, { NULL, 0 } };
static const struct choice applies[] = { { "yes", 0 }, { "no", 0 },
	{ "unclear", 0 }, { NULL, 0 } };
static const struct key_spec duty_keys[] = {
	KEY(duty, id, KEY_ID, YES, "what an override by law names"),
	KEY(duty, trigger, KEY_TEXT, YES, "what has to be told", .max = 300),
	KEY(duty, who_must, KEY_TEXT, YES, "who has to tell it", .max = 160),
	KEY(duty, to, KEY_CHOICE, YES, "kind of recipient",
	    .choices = recipient_kinds),
	KEY(duty, ages, KEY_CHOICE, YES, "about whom", .choices = rule_ages),
	KEY(duty, applies, KEY_WORD, YES,
	    "to this society; only with yes can it be named",
	    .choices = applies),
	KEY(duty, consent_needed, KEY_BOOL, NO,
	    "only where the person agrees to it"),
	KEY(duty, deadline, KEY_SPAN, YES, "how soon it has to be told"),
	KEY(duty, legal_ref, KEY_TEXT, YES, "the law and its section",
	    .max = 160),
	KEY(duty, reviewed_by, KEY_TEXT, NO,
	    "code of the counsel who looked, never a name", .max = 40),
	KEY(duty, reviewed_on, KEY_DATE, NO, "when"),
};
static const struct table_spec duty_table = { ROWS(duty_keys),
	.size = sizeof(struct duty), .unique = true };

static const struct choice limits[] = { { "never", LIMIT_NEVER },
	{ "second", LIMIT_SECOND }, { NULL, 0 } };
static const struct key_spec release_rule_keys[] = {
	KEY(release_rule, id, KEY_ID, YES, "its code"),
	KEY(release_rule, to, KEY_CHOICE, YES, "kind of recipient",
	    .choices = recipient_kinds),
	KEY(release_rule, ages, KEY_CHOICE, YES, "about whom",
	    .choices = rule_ages),
	KEY(release_rule, limit, KEY_CHOICE, YES,
	    "never: no consent is enough; second: a second person agrees too",
	    .choices = limits),
	KEY(release_rule, words, KEY_TEXT, YES,
	    "why, and what can be done instead; shown with the refusal",
	    .max = 300),
	KEY(release_rule, legal_ref, KEY_TEXT, NO, "the law, where it is one",
	    .max = 160),
};
static const struct table_spec release_rule_table = { ROWS(release_rule_keys),
	.size = sizeof(struct release_rule), .unique = true };
static const struct choice offer_kinds[] = { { "health", OFFER_HEALTH },
	{ "pfa", OFFER_PFA }, { "legal", OFFER_LEGAL }, { "cash", OFFER_CASH },
	{ "material", OFFER_MATERIAL }, { "specialised", OFFER_SPECIALISED },
	{ "information", OFFER_INFORMATION }, { NULL, 0 } };
static const struct key_spec offer_keys[] = {
	KEY(offer, service, KEY_ID, YES, "one of services"),
	KEY(offer, kind, KEY_CHOICE, YES, "what kind of help",
	    .choices = offer_kinds),
	KEY(offer, paper, KEY_TEXT, YES,
	    "words for it on paper, payments and lists; none that tell",
	    .max = 60),
};
static const struct table_spec offer_table = { ROWS(offer_keys),
	.size = sizeof(struct offer) };

static const struct key_spec sheet_keys[] = {
	KEY(sheet, id, KEY_ID, YES, "its code; another language is another"),
	KEY(sheet, label, KEY_TEXT, YES, "what workers choose it by"),
	KEY(sheet, topic, KEY_ID, YES, "one of information"),
	KEY(sheet, language, KEY_ID, YES, "one of languages"),
	KEY(sheet, version, KEY_ID, YES, "recorded with every one given"),
	KEY(sheet, checked_on, KEY_DATE, YES,
	    "when somebody last checked that it is right"),
};
static const struct table_spec sheet_table = { ROWS(sheet_keys),
	.size = sizeof(struct sheet), .place = offsetof(struct sheet, place),
	.unique = true };

static const struct choice verified_how[] = { { "seen", 0 }, { "restated", 0 },
	{ "known", 0 }, { "to_check", 0 }, { NULL, 0 } };
static const struct key_spec mechanism_keys[] = {
	KEY(mechanism, id, KEY_ID, YES, "its code"),
	KEY(mechanism, label, KEY_TEXT, YES, "its name", .max = 120),
	KEY(mechanism, words, KEY_WORDS, YES,
	    "what it is and what follows from a yes and a no, without a push",
	    .max = 4000),
	KEY(mechanism, who_may_refer, KEY_TEXT, YES, "who refers people to it",
	    .max = 300),
	KEY(mechanism, we_may_refer, KEY_BOOL, YES, "this society is one"),
	KEY(mechanism, consent_adult, KEY_BOOL, YES,
	    "an adult is referred only with their consent"),
	KEY(mechanism, consent_child, KEY_BOOL, YES,
	    "a child, too; false where the law refers children without it"),
	KEY(mechanism, reflection_days, KEY_INT, YES,
	    "days of the reflection period; 0: the law has none", .min = 0,
	    .max = 400),
	MANY(mechanism, stages, KEY_LIST, NO, 0, 20,
	    "decisions on the way, in order", .inner = &labelled_table),
	KEY(mechanism, appeal, KEY_TEXT, NO,
	    "how long one can appeal, and where", .max = 300),
	KEY(mechanism, verified, KEY_WORD, YES,
	    "seen: read in the source; restated: in a source that restates it; "
	    "known: from knowledge; to_check: before use",
	    .choices = verified_how),
	KEY(mechanism, source, KEY_TEXT, YES, "which source", .max = 300),
	KEY(mechanism, verified_on, KEY_DATE, YES, "when somebody looked"),
};
static const struct table_spec mechanism_table = { ROWS(mechanism_keys),
	.size = sizeof(struct mechanism), .unique = true };

static const struct choice number_kinds[] = { { "emergency", 0 },
	{ "health", 0 }, { "child", 0 }, { "women", 0 }, { "trafficking", 0 },
	{ "migration", 0 }, { "support", 0 }, { NULL, 0 } };
static const struct key_spec number_keys[] = {
	KEY(number, id, KEY_ID, YES, "its code"),
	KEY(number, label, KEY_TEXT, YES, "who answers"),
	KEY(number, number, KEY_TEXT, YES, "digits, spaces, + and -", .min = 2,
	    .max = 24),
	KEY(number, kind, KEY_WORD, YES, "what for", .choices = number_kinds),
	KEY(number, police_run, KEY_BOOL, YES,
	    "the police answer: say so before it is given"),
	KEY(number, verified_on, KEY_DATE, YES, "when somebody last checked"),
	KEY(number, recheck_by, KEY_DATE, YES,
	    "at most 90 days later; a stale number harms"),
	KEY(number, note, KEY_TEXT, NO, "hours, languages, what they pass on",
	    .max = 300),
};
static const struct table_spec number_table = { ROWS(number_keys),
	.size = sizeof(struct number), .place = offsetof(struct number, place),
	.unique = true };

static const struct key_spec window_keys[] = {
	KEY(health_window, id, KEY_ID, YES, "its code"),
	KEY(health_window, label, KEY_TEXT, YES, "which care"),
	KEY(health_window, hours, KEY_INT, YES, "useful within so many hours",
	    .min = 1, .max = 720),
	KEY(health_window, note, KEY_TEXT, NO, "what to know", .max = 300),
};
static const struct table_spec window_table = { ROWS(window_keys),
	.size = sizeof(struct health_window), .unique = true };

static const struct key_spec device_keys[] = {
	KEY(device, lock_seconds, KEY_INT, YES,
	    "idle time before the screen locks", .min = 15, .max = 120),
	KEY(device, reveal_seconds, KEY_INT, YES,
	    "an identity card hides itself after", .min = 5, .max = 120),
	KEY(device, identity_close_seconds, KEY_INT, YES,
	    "the identity database closes after", .min = 30, .max = 1800),
	KEY(device, sign_out_minutes, KEY_INT, YES,
	    "signed out so long after the lock", .min = 1, .max = 240),
	KEY(device, document_paths, KEY_BOOL, NO,
	    "documents may come from and go to paths on this machine; false "
	    "over SSH and at kiosks, where they are pasted"),
	KEY(device, document_max_mb, KEY_INT, NO,
	    "largest document in MB; 0: 20", .min = 0, .max = 100),
};
static const struct table_spec device_table = { ROWS(device_keys),
	.size = sizeof(struct device) };

static const struct key_spec closing_keys[] = {
	KEY(closing_rules, approval, KEY_BOOL, NO,
	    "a second person who may approve agrees to every closing"),
	KEY(closing_rules, lost_days, KEY_INT, NO,
	    "days without contact before it can be called lost; 30 if not set",
	    .min = 7, .max = 365),
	KEY(closing_rules, lost_attempts, KEY_INT, NO,
	    "safe attempts that failed in that time; 3 if not set", .min = 1,
	    .max = 20),
	KEY(closing_rules, check_months, KEY_INT, NO,
	    "from a closing to the one check after it, where the person wants "
	    "that and it is safe; 3 if not set",
	    .min = 1, .max = 24),
};
static const struct table_spec closing_table = { ROWS(closing_keys),
	.size = sizeof(struct closing_rules) };

static const struct key_spec retention_keys[] = {
	KEY(retention_rules, identity_months, KEY_INT, NO,
	    "who an adult is, after the closing; 12 if not set", .min = 1,
	    .max = 240),
	KEY(retention_rules, file_months, KEY_INT, NO,
	    "the file without identity; 72 if not set", .min = 1, .max = 480),
	KEY(retention_rules, child_until_age, KEY_INT, NO,
	    "a child's case, until this age; 25 if not set", .min = 18,
	    .max = 40),
};
static const struct table_spec retention_table = { ROWS(retention_keys),
	.size = sizeof(struct retention_rules) };

static const struct key_spec society_keys[] = {
	KEY(society, id, KEY_ID, YES, "its code; the vault remembers it"),
	KEY(society, name, KEY_TEXT, YES, "the National Society"),
	KEY(society, short_name, KEY_TEXT, YES, "its initials", .max = 24),
	KEY(society, cover_name, KEY_TEXT, YES,
	    "neutral heading for paper a person may carry", .max = 60),
	KEY(society, country, KEY_ID, NO, "ISO 3166 code, small letters"),
	KEY(society, time_zone, KEY_TEXT, YES, "IANA name, like Asia/Colombo",
	    .max = 40),
	KEY(society, theme, KEY_ID, NO,
	    "default, high-contrast or mono; empty: the default"),
	KEY(society, language, KEY_TEXT, NO,
	    "of the interface, like es; empty: the machine's", .max = 10),
	MANY(society, start_cases, KEY_IDS, NO, 0, ROLE_COUNT,
	    "roles whose shift begins with the list of cases; all others "
	    "begin with Today. Each person may choose for themselves"),
	KEY(society, child_age, KEY_INT, YES, "under this age a child",
	    .min = 15, .max = 25),
	MANY(society, languages, KEY_LIST, YES, 1, 60,
	    "spoken, read aloud, interpreted", .inner = &language_table),
	LABELS(branches, YES, 200, "branches; each worker belongs to one"),
	MANY(society, places, KEY_LIST, NO, 0, 400,
	    "towns, districts, provinces, for finding who serves them",
	    .inner = &place_table),
	MANY(society, risks, KEY_LIST, YES, 1, 8,
	    "levels of risk, most urgent first", .inner = &risk_table),
	KEY(society, weekend, KEY_DAYS, YES, "days without office hours"),
	MANY(society, holidays, KEY_LIST, YES, 0, 400,
	    "days the office is closed; confirm every year",
	    .inner = &holiday_table),
	MANY(society, age_bands, KEY_LIST, YES, 1, 10,
	    "who must agree, by age, youngest first", .inner = &age_band_table),
	LABELS(services, YES, 80, "what can be offered"),
	MANY(society, offers, KEY_LIST, NO, 0, 80,
	    "what the Society gives itself, with neutral words for paper",
	    .inner = &offer_table),
	LABELS(domains, YES, 60, "needs, by domain"),
	LABELS(information, YES, 40, "what can be explained at a contact"),
	MANY(society, sheets, KEY_LIST, NO, 0, 200,
	    "printed sheets of information", .inner = &sheet_table),
	LABELS(checklist, YES, 40, "what must be explained before consent"),
	LABELS(channels, YES, 20, "how contact came about"),
	LABELS(contact_ways, NO, 20,
	    "how somebody can be reached; without it the program's own"),
	LABELS(interpreters, YES, 10, "how it was interpreted"),
	LABELS(sexes, YES, 10, "as the person says"),
	LABELS(age_groups, YES, 20, "roughly, where no date is known"),
	LABELS(outcomes, YES, 12,
	    "words for how a conversation about indicators ends"),
	LABELS(contact_outcomes, YES, 12,
	    "words for what came of trying to reach somebody"),
	LABELS(reasons_closed, YES, 30, "why a case is closed"),
	LABELS(data_scopes, YES, 20,
	    "words for the kinds of data a release can cover"),
	LABELS(purposes, YES, 60, "what a recipient may be told for"),
	MANY(society, consents, KEY_LIST, YES, 1, 20, "kinds of consent",
	    .inner = &consent_table),
	MANY(society, scripts, KEY_LIST, YES, 1, 200,
	    "words that are read aloud", .inner = &script_table),
	MANY(society, duties, KEY_LIST, NO, 0, 60,
	    "what law asks to be told without consent", .inner = &duty_table),
	MANY(society, release_rules, KEY_LIST, NO, 0, 60,
	    "where a yes alone is not enough", .inner = &release_rule_table),
	MANY(society, mechanisms, KEY_LIST, NO, 0, 5,
	    "national referral mechanisms", .inner = &mechanism_table),
	MANY(society, numbers, KEY_LIST, YES, 1, 60,
	    "numbers to call and to give", .inner = &number_table),
	MANY(society, health_windows, KEY_LIST, YES, 0, 20,
	    "care that only helps in time", .inner = &window_table),
	{ .name = "roles",
	    .type = KEY_GRANTS,
	    .required = YES,
	    .offset = offsetof(struct society, grants),
	    .help = "role = { permission = scope; }: nobody, own, branch or "
		    "all; what is not named is nobody" },
	KEY(society, device, KEY_GROUP, YES, "shared terminals",
	    .inner = &device_table),
	KEY(society, closing, KEY_GROUP, NO, "closing a case",
	    .inner = &closing_table),
	KEY(society, retention, KEY_GROUP, NO,
	    "how long a closed case is kept; your data-protection officer "
	    "sets it",
	    .inner = &retention_table),
	{ .name = "catalogues",
	    .type = KEY_IDS,
	    .required = YES,
	    .offset = offsetof(struct society_file, catalogues),
	    .count = offsetof(struct society_file, n_catalogues),
	    .max = 20,
	    .help = "indicator catalogues in use: names of files in "
		    "catalogues/, without .cfg" },
	{ .name = "directory",
	    .type = KEY_IDS,
	    .required = YES,
	    .offset = offsetof(struct society_file, directory),
	    .count = offsetof(struct society_file, n_directory),
	    .max = 20,
	    .help = "who can be told something: names of files in directory/, "
		    "without .cfg" },
	{ .name = "indicators_on",
	    .type = KEY_IDS,
	    .offset = offsetof(struct society_file, indicators_on),
	    .count = offsetof(struct society_file, n_indicators_on),
	    .max = 500,
	    .help = "indicators off by default, switched on" },
	{ .name = "indicators_off",
	    .type = KEY_IDS,
	    .offset = offsetof(struct society_file, indicators_off),
	    .count = offsetof(struct society_file, n_indicators_off),
	    .max = 500,
	    .help = "indicators on by default, switched off" },
	KEY(society, absence, KEY_TEXT, YES,
	    "shown with every screening: what was not seen proves nothing"),
	KEY(society, come_back, KEY_TEXT, YES, "said at every ending"),
	KEY(society, telling_words, KEY_WORDS, NO,
	    "words of your languages that must stand on no paper", .max = 2000),
};
const struct table_spec society_table = { ROWS(society_keys),
	.size = sizeof(struct society_file) };
