/* SPDX-License-Identifier: ISC */
/* What a decision needs before it is written down: who may give it, for whom,
 * by which words. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/child.h"
#include "rules/timers.h"
#include "store/case_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

int
consent_take(struct arena *a, struct consent *c, struct err *e)
{
	const struct text_in texts[] = {
		{ &c->kind, N_("Kind"), LIMIT_CODE },
		{ &c->recipient, N_("Recipient"), LIMIT_CODE },
		{ &c->purpose, N_("Purpose"), LIMIT_CODE },
		{ &c->withheld, N_("Withheld"), LIMIT_WORDS },
		{ &c->withheld_why, N_("Why withheld"), LIMIT_NAME },
		{ &c->decision, N_("Decision"), LIMIT_CODE },
		{ &c->ask_again, N_("Ask again"), LIMIT_CODE },
		{ &c->given_by, N_("Given by"), LIMIT_CODE },
		{ &c->given_by_why, N_("Why"), LIMIT_WORDS },
		{ &c->guardian, N_("Guardian"), LIMIT_CODE },
		{ &c->form, N_("How it was given"), LIMIT_CODE },
		{ &c->evidence, N_("Paper file"), LIMIT_NAME },
		{ &c->language, N_("Language"), LIMIT_CODE },
		{ &c->script, N_("Text that was read"), LIMIT_NAME },
		{ &c->interpreter, N_("Interpreter"), LIMIT_CODE },
		{ &c->interpreter_code, N_("Interpreter's code"), LIMIT_CODE },
		{ &c->witness_code, N_("Witness's code"), LIMIT_CODE },
		{ &c->seen_alone, N_("Seen alone"), LIMIT_CODE },
		{ &c->withdrawn_how, N_("How it was withdrawn"), LIMIT_WORDS },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

/* --- who may give it --------------------------------------------------------------------- */

/* Ages in the code of a band: "12-14", "18+", "80plus"; its first number is
 * the youngest age.  "under18" has none, and so is a child's. */
static void
age_of_band(const char *band, struct consent_age *age)
{
	char *end;
	long least, most;

	if (band[0] < '0' || band[0] > '9')
		return;
	least = strtol(band, &end, 10);
	if (least > 150)
		return;
	most = 150;
	if (*end == '-' && end[1] >= '0' && end[1] <= '9')
		most = strtol(end + 1, NULL, 10);
	age->least = (int)least;
	age->most = most > 150 ? 150 : (int)most;
}

void
consent_age_of(const struct society *society, const struct consent_person *p,
    int64_t now, struct consent_age *age)
{
	int born;

	*age = (struct consent_age){ .least = -1,
		.most = -1,
		.may_be_child = strcmp(p->may_be_child, "yes") == 0 ||
				strcmp(p->may_be_child, "unsure") == 0 ||
				child_by_birth(p->of_age_from, now),
		.grown = p->of_age_from > 0 && now >= p->of_age_from };
	if (p->birth != NULL &&
	    date_age(p->birth, clock_day_of(now), &age->least, &age->most) == 0)
		return;
	age->least = age->most = -1;
	age_of_band(p->age_band, age);
	/* What is known of the day of birth is more than a band, and goes on. */
	born = child_age_by_birth(p->of_age_from, society->child_age, now);
	if (born >= 0) {
		age->least = born;
		age->most = born + 1;
	}
	/* Somebody looked and is sure: an adult, of whatever age. */
	if (age->least < 0 && strcmp(p->may_be_child, "no") == 0) {
		age->least = society->child_age;
		age->most = 150;
	}
}

static unsigned
missing(const struct society *society, const struct consent_person *p,
    int64_t now, const struct consent *c, bool *as_child)
{
	struct consent_age age;
	struct consent_who who;

	consent_age_of(society, p, now, &age);
	age.guardian = guardian_from_name(c->guardian);
	who = consent_who(society->age_bands, society->n_age_bands, &age);
	*as_child = who.as_child;
	return consent_missing(&who, c->given_by, c->given_by_why);
}

static int
say_missing(
    unsigned bits, bool as_child, const struct consent *c, struct err *e)
{
	bool guardian = strcmp(c->given_by, "guardian") == 0 ||
			strcmp(c->given_by, "both") == 0 ||
			strcmp(c->given_by, "assent") == 0;

	/* Who is asked first is whoever could be the harm. */
	if ((bits & MUST_BEST_INTERESTS) && guardian)
		return err_set_field(e, "given_by",
		    _("Say first whether it is safe to involve the guardian: "
		      "in the child's record (b of a case), after asking the "
		      "child alone. Where it is not, or nobody knows, decide "
		      "by best interests and say why."));
	if (bits & MUST_BEST_INTERESTS)
		return err_set_field(e, "given_by",
		    _("This may be a child: a guardian known to be safe "
		      "agrees too, or a trusted adult decides by best "
		      "interests, with the reason."));
	if (bits & MUST_CAREGIVER)
		return err_set_field(e, "given_by",
		    _("At this age a guardian agrees too. Where that is not "
		      "safe, decide by best interests and say why."));
	if (bits & MUST_ASSENT)
		return err_set_field(e, "given_by",
		    _("Ask the child too, and record what the child says."));
	if (as_child)
		return err_set_field(e, "given_by",
		    _("At this age they agree for themselves, a guardian "
		      "beside them: ask them, and choose that both did."));
	return err_set_field(e, "given_by",
	    _("Only the person can agree to this. Nobody else's yes "
	      "counts."));
}

/* --- for what and by which words ------------------------------------------------------------ */

static int
check_recipient(const struct society *society, const struct consent_kind *kind,
    struct consent *c, struct err *e)
{
	const struct recipient *r = society_recipient(society, c->recipient);

	if (!kind->needs_recipient) {
		if (c->recipient[0] == '\0')
			return 0;
		return err_set_field(e, "recipient",
		    _("This kind of consent has no recipient."));
	}
	if (r == NULL)
		return err_set_field(e, "recipient",
		    _("Choose the recipient from the list: one consent for "
		      "each."));
	/* What a recipient usually helps with, or any other purpose of the list:
	 * a person may want something nobody thought of. */
	if (!label_known(&society->purposes, c->purpose))
		return err_set_field(e, "purpose",
		    _("Choose what for: one of the purposes of the list."));
	if (consent_single_use(r->kind))
		c->single_use = true;
	if (!consent_is_yes(c->decision))
		return 0;
	if (c->scope == 0)
		return err_set_field(e, "scope",
		    _("Tick what may be told. Nothing ticked is a no."));
	return 0;
}

/* Only a text that was translated back and signed off can be read, in just
 * the version that was; what is on paper is for whoever printed it. */
int
script_check(const struct society *society, const char *script, struct err *e)
{
	size_t len = strcspn(script, ":");

	if (script[0] == '\0' || strcmp(script, "sheet") == 0)
		return 0;
	for (size_t i = 0; i < society->n_scripts; i++) {
		const struct script *s = &society->scripts[i];

		if (s->approved && strlen(s->id) == len &&
		    strncmp(s->id, script, len) == 0 && script[len] == ':' &&
		    strcmp(script + len + 1, s->version) == 0)
			return 0;
	}
	return err_set_field(e, "language",
	    _("This text is not approved. Use an approved one or the printed "
	      "sheet."));
}

static int
check_ask_again(const char *s, struct err *e)
{
	struct fdate d;

	if (s[0] == '\0' || strcmp(s, "yes") == 0 || strcmp(s, "no") == 0 ||
	    date_from_iso(s, &d) == 0)
		return 0;
	return err_set_field(e, "ask_again",
	    _("May we ask again: yes, no, or from which day on."));
}

/* What is held back can get somebody hurt: a colleague who does not know why
 * takes it for an oversight. */
static int
check_withheld(const struct consent *c, struct err *e)
{
	static const char *const whys[] = { "", "fear_of_harm",
		"tell_themselves", "other" };

	if (!is_one_of(c->withheld_why, whys, COUNT(whys)))
		return err_set_field(e, "withheld_why",
		    _("Choose from the list why it is held back."));
	if (!said(c->withheld) || c->withheld_why[0] != '\0')
		return 0;
	return err_set_field(e, "withheld_why",
	    _("Say why it is held back: whoever reads it later must know how "
	      "much depends on it."));
}

static int
check_codes(const struct consent *c, struct err *e)
{
	static const char *const forms[] = { "", "written", "verbal_witnessed",
		"mark", "sign_language", "remote_voice" };
	static const char *const guardians[] = { "", "safe", "concern",
		"unavailable", "unsafe_to_tell" };
	static const char *const decisions[] = { "yes", "part", "no",
		"not_now" };

	if (!is_one_of(c->decision, decisions, COUNT(decisions)))
		return err_set_field(e, "decision",
		    _("Record what the person said: yes, to a part, no, or "
		      "not now."));
	if (!is_one_of(c->form, forms, COUNT(forms)) ||
	    !is_one_of(c->guardian, guardians, COUNT(guardians)) ||
	    !is_tri(c->seen_alone) || !is_interpreter(c->interpreter))
		return err_set(e, ERR_INPUT,
		    _("One of the answers is not in its list. Choose again."));
	if (c->scope >= 1u << DATA_COUNT)
		return err_set_field(
		    e, "scope", _("Tick what may be told from the list."));
	return check_withheld(c, e) == -1 ? -1
					  : check_ask_again(c->ask_again, e);
}

static int
check_times(const struct consent_kind *kind, int64_t now, struct consent *c,
    struct err *e)
{
	if (c->given_at == 0)
		c->given_at = now;
	if (c->given_at > now + CLOCK_HOUR)
		return err_set(e, ERR_INPUT,
		    _("This is still to come. Give the day it was said."));
	if (c->until == 0 && kind->default_days > 0)
		c->until = c->given_at + kind->default_days * CLOCK_DAY;
	if (c->until != 0 && timer_day_over(c->until, c->given_at))
		return err_set_field(e, "until",
		    _("It would end before it begins. Give a later day."));
	return 0;
}

int
consent_check(const struct society *society, const struct consent_person *p,
    int64_t now, struct consent *c, struct err *e)
{
	const struct consent_kind *kind = society_consent(society, c->kind);
	bool as_child;
	unsigned bits;

	if (kind == NULL)
		return err_set_field(e, "kind",
		    _("Choose one of the kinds of consent of the list."));
	if (check_codes(c, e) == -1 ||
	    check_recipient(society, kind, c, e) == -1 ||
	    script_check(society, c->script, e) == -1 ||
	    check_times(kind, now, c, e) == -1)
		return -1;
	if (kind->single_use)
		c->single_use = true;
	/* A no needs nothing: it is respected whoever says it. */
	if (!consent_is_yes(c->decision))
		return 0;
	/* A yes passed on by whoever came along may not be the person's. */
	if (strcmp(c->interpreter, "not_independent") == 0)
		return err_set_field(e, "decision",
		    _("A yes through somebody who came with the person does "
		      "not count. Ask again with an independent interpreter; "
		      "until then record \"not now\"."));
	if (c->form[0] == '\0')
		return err_set_field(e, "form",
		    _("Say how it was given: written, spoken with a witness, "
		      "a mark, in sign language or by telephone."));
	bits = missing(society, p, now, c, &as_child);
	return bits == 0 ? 0 : say_missing(bits, as_child, c, e);
}
