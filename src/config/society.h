/* SPDX-License-Identifier: ISC */
/*
 * What a National Society configures: read once, checked whole, never changed
 * while the program runs.  Everything lives in one arena; pointers are good
 * until society_free().  Strings are never NULL ("" where nothing was given);
 * ids are what the databases store, labels what people read.
 */
#ifndef AMPARO_CONFIG_SOCIETY_H
#define AMPARO_CONFIG_SOCIETY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/date.h"
#include "base/err.h"
#include "config/catalogue.h"
#include "config/grants.h"
#include "config/problems.h"

/* An id with its words. */
struct labelled {
	const char *id, *label, *help;
};
struct labels {
	const struct labelled *list;
	size_t n;
};
/* The label of an id; the id itself when it is no longer configured. */
const char *label_of(const struct labels *, const char *id);
/* Is it one of them? */
bool label_known(const struct labels *, const char *id);

struct society;
/*
 * How somebody can be reached: the society's contact_ways, or the program's
 * own list (N_()) where a configuration from before has none.
 */
const struct labels *society_ways(const struct society *);
/* Words for one of them, or for a way people came: records from before ways
 * had a list of their own name those. */
const char *society_way(const struct society *, const char *id);

struct language {
	const char *id, *label;
	const char *also; /* its name in other languages, for searching */
	bool rtl;
	struct file_line place;
};

/* A town, a district, a province: where people look for help. */
struct locality {
	const char *id, *label;
	const char *also; /* other names of it, for searching */
	const char *within; /* id of the place that it lies in; "" none */
	struct file_line place;
};
/* What "serves" of an organisation has where that is the whole country. */
#define PLACE_COUNTRY "country"

/* A time span: so many hours, calendar days or working days. */
enum span_unit { SPAN_HOURS, SPAN_DAYS, SPAN_WORKING_DAYS };
struct span {
	int amount;
	enum span_unit unit;
};
struct risk_level {
	const char *id, *label, *shorter; /* "urgent", "Urgent", "urg" */
	const char *mark; /* "!!!": says it without colour */
	const char *meaning; /* harm if nothing is done */
	bool urgent_or_high;
	struct span first_response, assessment, follow_up, review;
};

struct holiday {
	int64_t day; /* clock_days() */
	const char *name;
	struct file_line place;
};

/* Who must agree, by age; from the youngest, ascending. */
enum age_rule {
	AGE_CAREGIVER,
	AGE_WILLING, /* caregiver, and the child is willing */
	AGE_ASSENT, /* child assents, and the caregiver */
	AGE_OWN_CAREGIVER, /* child; the caregiver where safe */
	AGE_OWN
};
struct society_age_band {
	int from;
	enum age_rule rule;
};

struct consent_kind {
	const char *id, *label;
	bool needs_recipient, single_use;
	int default_days; /* 0: no end by itself */
};
/* Words that are read aloud; only an approved one can be picked. */
struct script {
	const char *id, *kind; /* kind: a consent kind, or "limits" */
	const char *language, *version;
	bool approved; /* translated back and signed off */
	const char *approved_by; /* code of whoever signed, "" not yet */
	int64_t approved_on; /* day number; 0 not yet */
	int grade; /* school years needed to follow it; 0 not measured */
	const char *text; /* paragraphs, "\n" between lines; "" when it is on
			     the printed sheet alone */
	const char *aloud; /* text with id and version below; "" as text */
	struct file_line place;
};

enum recipient_kind {
	RECIPIENT_MOVEMENT,
	RECIPIENT_HEALTH,
	RECIPIENT_LEGAL,
	RECIPIENT_SHELTER,
	RECIPIENT_PROTECTION,
	RECIPIENT_LABOUR,
	RECIPIENT_NRM, /* the national referral mechanism */
	RECIPIENT_POLICE,
	RECIPIENT_IMMIGRATION,
	RECIPIENT_EMBASSY,
	RECIPIENT_EMPLOYER,
	RECIPIENT_FAMILY,
	RECIPIENT_MEDIA,
	RECIPIENT_STATISTICS
};
/*
 * Somebody who can be told something: an organisation of the directory as a
 * society's files describe it.  What changes from day to day (was it called,
 * has it room, is it suspended) is in the vault (store/directory.h).
 */
struct recipient {
	const char *id, *name, *area, *conditions;
	enum recipient_kind kind;
	const char *shares_with_authorities; /* "yes", "no", "unknown" */
	bool safe_to_name;
	const char *const *purposes; /* ids */
	size_t n_purposes;
	const char *const *services; /* ids: what it offers */
	size_t n_services;
	const char *const *languages; /* ids: spoken or interpreted there */
	size_t n_languages;
	const char *const *serves; /* ids of places, or PLACE_COUNTRY */
	size_t n_serves;
	const char *eligible; /* for whom; who is turned away */
	const char *hours, *response, *method, *access, *focal;
	const char *phone; /* digits; "" none */
	const char *number; /* or the id of one of the society's numbers */
	const char *vetted_by, *agreement; /* codes, never a name */
	int64_t vetted_on; /* day number; 0 not vetted */
	int64_t verified_on; /* day number; 0 never */
	int recheck_days;
	int64_t recheck_by; /* verified_on + recheck_days; 0 never verified */
	struct file_line place;
};
/* Nobody's office: their number is the person's own to give, and no call
 * verifies it. */
bool recipient_private(const struct recipient *);
/* Does it serve the whole country? */
bool recipient_countrywide(const struct recipient *);

/* Whom a rule of law is about, by age. */
enum rule_ages { AGES_ANY, AGES_CHILD, AGES_ADULT };
/* What law asks to be told, whoever agrees: an override by law names one. */
struct duty {
	const char *id, *trigger, *who_must, *legal_ref;
	enum recipient_kind to;
	enum rule_ages ages;
	const char *applies; /* to this society: "yes", "no", "unclear" */
	bool consent_needed; /* only where the person agrees */
	struct span deadline;
	const char *reviewed_by; /* code of whoever looked, "" nobody */
	int64_t reviewed_on; /* day number; 0 not yet */
};
/* Where a yes alone is not enough in this country. */
enum release_limit {
	LIMIT_NEVER, /* nothing goes there by consent */
	LIMIT_SECOND /* a second person must agree */
};
struct release_rule {
	const char *id, *words, *legal_ref;
	enum recipient_kind to;
	enum rule_ages ages;
	enum release_limit limit;
};
/* What the Society gives itself; service is one of services. */
enum offer_kind {
	OFFER_HEALTH, /* first aid and health care */
	OFFER_PFA, /* psychological first aid */
	OFFER_LEGAL,
	OFFER_CASH,
	OFFER_MATERIAL, /* material and social assistance */
	OFFER_SPECIALISED,
	OFFER_INFORMATION /* accurate information, from a sheet */
};
struct offer {
	const char *service;
	enum offer_kind kind;
	const char *paper; /* words for it on anything that leaves */
};
/* A printed sheet of information: which topic, language, version. */
struct sheet {
	const char *id, *topic, *language, *version, *label;
	int64_t checked_on; /* day number; when its facts were last checked */
	struct file_line place;
};

/* The national referral mechanism, or one of them. */
struct mechanism {
	const char *id, *label;
	const char *words; /* what it is and what follows, neutrally */
	const char *who_may_refer;
	bool we_may_refer;
	bool consent_adult, consent_child; /* needed to refer */
	int reflection_days; /* as the law has it; 0: none */
	const struct labelled *stages;
	size_t n_stages;
	const char *appeal; /* within how long, in words; "" not known */
	const char *verified; /* "seen", "restated", "known", "to_check" */
	const char *source; /* where that is from */
	int64_t verified_on; /* day number */
};

struct number {
	const char *id, *label, *number, *note;
	const char *kind; /* "emergency", "health", "child", "women",
			     "trafficking", "migration", "support" */
	bool police_run;
	int64_t verified_on, recheck_by; /* day numbers */
	struct file_line place;
};
struct health_window {
	const char *id, *label, *note;
	int hours;
};

struct device {
	int lock_seconds; /* idle time before the screen locks */
	int reveal_seconds; /* identity card: shown for so long */
	int identity_close_seconds; /* identity.db closes after so long */
	int sign_out_minutes; /* after the lock */
	/* May documents be read from, and handed out to, paths on this
	 * machine?  Over SSH and at kiosks that is somebody else's disk. */
	bool document_paths;
	int document_max_mb; /* of one document; 0: rules/document.h */
};

/* 0 or false where nothing is set; what holds then is in rules/closing.h. */
struct closing_rules {
	bool approval; /* a second person agrees to every closing */
	int lost_days; /* without contact, before it can be called so */
	int lost_attempts; /* that failed since then, before it can */
	int check_months; /* from the closing to the one check after it */
};
struct retention_rules {
	int identity_months, file_months; /* from the closing */
	int child_until_age; /* years */
};

struct society {
	const char *id, *name, *short_name, *cover_name, *country, *time_zone;
	const char *theme;
	const char *language; /* of the interface; "": the machine's */
	const char *const
	    *start_cases; /* roles; see society_starts_with_cases() */
	size_t n_start_cases;
	int child_age;
	const struct language *languages;
	size_t n_languages;
	const struct locality *places;
	size_t n_places;
	const struct risk_level *risks; /* most urgent first */
	size_t n_risks;
	unsigned weekend; /* bit 0 is Sunday */
	const struct holiday *holidays;
	size_t n_holidays;
	const struct society_age_band *age_bands;
	size_t n_age_bands;
	struct labels branches, services, domains, purposes, channels;
	struct labels contact_ways; /* society_ways(); empty: the program's */
	struct labels information; /* what can be explained, by topic */
	struct labels checklist; /* what must be explained before consent */
	struct labels sexes, age_groups, interpreters, reasons_closed;
	struct labels outcomes; /* of a screening; rules/workflow.h codes */
	struct labels contact_outcomes; /* of trying to reach somebody */
	struct labels data_scopes; /* words for rules/consent.h codes */
	const struct consent_kind *consents;
	size_t n_consents;
	const struct script *scripts;
	size_t n_scripts;
	const struct recipient *recipients; /* of all its directory files */
	size_t n_recipients;
	const struct duty *duties;
	size_t n_duties;
	const struct release_rule *release_rules;
	size_t n_release_rules;
	const struct mechanism *mechanisms;
	size_t n_mechanisms;
	const struct offer *offers;
	size_t n_offers;
	const struct sheet *sheets;
	size_t n_sheets;
	const struct number *numbers;
	size_t n_numbers;
	const struct health_window *health_windows;
	size_t n_health_windows;
	struct grants grants;
	struct device device;
	struct closing_rules closing;
	struct retention_rules retention;
	const struct catalogue *const *catalogues; /* those switched on */
	size_t n_catalogues;
	const char *absence; /* "absence of indicators does not mean ..." */
	const char *come_back; /* "you can come back any time" */
	/* Words that tell, in the languages of the place, a line each, beside
	 * those the program knows (config/telling.h). */
	const char *telling_words;
	const char *path; /* of its file, as it was read */
	struct file_line place_zone, place_roles; /* of those settings */
	/* Every byte that was read, in order, for the caller to hash. */
	const void *source;
	size_t source_len;
};

/*
 * Read and check a society's file and the catalogues and directories it names,
 * which stand in "../catalogues/NAME.cfg" and "../directory/NAME.cfg" as seen
 * from the file.  -1 when anything is wrong:
 * *problems then has every problem (whatever was in it stays before them) and
 * *out is NULL.  0 can come with warnings.  There is no clock in here:
 * whether a number is stale is for whoever has one (rules/timers.h).
 */
int society_read(
    const char *path, struct society **out, struct problems *problems) MUST_USE;
void society_free(struct society *);

/* Every key there is, as the Markdown tables of config/README.md. */
void society_keys_write(FILE *);

/* By id; NULL (or -1) when there is none. */
const struct recipient *society_recipient(
    const struct society *, const char *id);
const struct offer *society_offer(const struct society *, const char *service);
/* Is it one by which we give money? */
bool society_pays(const struct society *, const char *service);
const struct sheet *society_sheet(const struct society *, const char *id);
const struct locality *society_place(const struct society *, const char *id);
/* Is one place the other, or does it lie in it?  Ids. */
bool society_place_in(
    const struct society *, const char *place, const char *area);
const struct consent_kind *society_consent(
    const struct society *, const char *id);
const struct duty *society_duty(const struct society *, const char *id);
const struct mechanism *society_mechanism(
    const struct society *, const char *id);
const struct catalogue *society_catalogue(
    const struct society *, const char *id);
int society_risk(const struct society *, const char *id);
/* Does a shift of this role begin with the list of cases?  All others begin
 * with Today. */
bool society_starts_with_cases(const struct society *, enum role);

/* The newest approved script of a kind in a language; NULL when none is
 * approved: then the printed sheet or an interpreter is used. */
const struct script *society_script(
    const struct society *, const char *kind, const char *language);

#endif
