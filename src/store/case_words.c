/* SPDX-License-Identifier: ISC */
/* Words for codes in lines that people read: the National Society's own where
 * it has some, ours where the codes are ours. */
#include <string.h>

#include "base/i18n.h"
#include "store/case_inside.h"

struct word {
	const char *code, *label;
};

static const char *
word_of(const struct word *list, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i].code, code) == 0)
			return _(list[i].label);
	}
	return code;
}

const char *
word_decision(const char *code)
{
	static const struct word words[] = {
		{ "yes", N_("yes") },
		{ "part", N_("yes, to a part") },
		{ "not_now", N_("not now") },
		{ "no", N_("no") },
		{ "withdrawn", N_("withdrawn") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), code);
}

const char *
word_flag(const char *kind, const char *text)
{
	static const struct word words[] = {
		{ "word", N_("Nobody calls: the safe word was wrong or not "
			     "said, twice") },
		{ "danger",
		    N_("Nobody calls: they said their word for danger") },
	};

	return kind[0] == '\0'
		   ? text
		   : word_of(words, sizeof(words) / sizeof(words[0]), kind);
}

const char *
word_safe(const char *answer)
{
	static const struct word words[] = {
		{ "yes", N_("Safe at the moment: yes, they said so") },
		{ "no", N_("NOT safe at the moment") },
		{ "unsure", N_("Safe at the moment: could not tell") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), answer);
}

const char *
word_word(const char *check)
{
	static const struct word words[] = {
		{ "yes", N_("Safe word: right") },
		{ "no", N_("Safe word: wrong or not said") },
		{ "danger", N_("Said their word for danger") },
	};

	return check[0] == '\0'
		   ? ""
		   : word_of(words, sizeof(words) / sizeof(words[0]), check);
}

const char *
word_next(const char *code)
{
	static const struct word words[] = {
		{ "urgent", N_("safety first") },
		{ "promised", N_("what was promised") },
		{ "tell-recipients", N_("tell recipients of a withdrawal") },
		{ "act-review", N_("look at an override again") },
		{ "act-agree", N_("a second person is asked") },
		{ "referral-send", N_("send the referral") },
		{ "referral-answer", N_("ask the service for an answer") },
		{ "referral-attended", N_("ask whether they got there") },
		{ "referral-feedback", N_("ask how the service was") },
		{ "referral-other", N_("find another service") },
		{ "first-response", N_("first response") },
		{ "deadline", N_("a date set by law or a mechanism") },
		{ "follow-up", N_("follow-up") },
		{ "lost-contact", N_("lost contact: think of harm") },
		{ "assessment", N_("assessment") },
		{ "plan", N_("step of the plan") },
		{ "service", N_("planned help") },
		{ "review", N_("review") },
		{ "consent-review", N_("consent review") },
		{ "agree-next", N_("agree on what is next") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), code);
}

const char *
word_goal_state(const char *code)
{
	static const struct word words[] = {
		{ "in_progress", N_("Goal in progress") },
		{ "met", N_("Goal met") },
		{ "set_aside", N_("Goal set aside by the person") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), code);
}

const char *
word_service_state(const char *code)
{
	static const struct word words[] = {
		{ "given", N_("given") },
		{ "planned", N_("planned") },
		{ "declined", N_("not wanted now") },
		{ "unavailable", N_("not to be had") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), code);
}

const char *
word_referral(const char *kind)
{
	static const struct word words[] = {
		{ "prepared", N_("Referral prepared") },
		{ "changed", N_("Prepared referral changed") },
		{ "sent", N_("Referral sent") },
		{ "acknowledged", N_("They got the referral") },
		{ "waitlisted", N_("On a waiting list") },
		{ "accepted", N_("They take it on") },
		{ "attended", N_("The person was there") },
		{ "feedback", N_("Heard how it went") },
		{ "partial", N_("Given in part") },
		{ "completed", N_("Referral complete") },
		{ "chased", N_("Asked again for an answer") },
		{ "refused", N_("They said no") },
		{ "no_answer", N_("They do not answer") },
		{ "unavailable", N_("No room, or closed") },
		{ "no_safe_service", N_("There is no safe service") },
		{ "declined", N_("The person declined, for now") },
		{ "disengaged", N_("The person did not go on with it") },
		{ "withdrawn", N_("Referral taken back") },
		{ "settled", N_("Another way was found, or none is wanted") },
		{ "copy", N_("A card was handed over: they say it is safe") },
		{ "no_copy", N_("No card: not safe, or not wanted") },
		{ "harm", N_("They were harmed or afraid there") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), kind);
}

const char *
word_act(const char *kind)
{
	static const struct word words[] = {
		{ "agreed", N_("A second person agreed") },
		{ "declined", N_("A second person declined") },
		{ "reviewed", N_("An override was looked at again") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), kind);
}

const char *
word_recall(const char *kind)
{
	static const struct word words[] = {
		{ "due", N_("To be told that it was taken back") },
		{ "asked_delete", N_("Told of it, and asked to delete") },
		{ "asked_return", N_("Told of it, and asked to give back") },
		{ "no_answer", N_("Asked again to delete: no answer") },
		{ "nothing_there", N_("Told of it: they hold nothing") },
		{ "deleted", N_("They deleted what they were told") },
		{ "returned", N_("They gave back what they had") },
		{ "kept", N_("They keep what they were told") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), kind);
}

const char *
word_note(const char *kind)
{
	static const struct word words[] = {
		{ "fact", N_("fact") },
		{ "said", N_("what was said") },
		{ "observed", N_("what was seen") },
		{ "view", N_("a worker's view") },
		{ "plan", N_("plan") },
		{ "other", N_("other") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), kind);
}

const char *
word_note_source(const char *source)
{
	static const struct word words[] = {
		{ "said", N_("The person said") },
		{ "saw", N_("Seen or heard") },
		{ "other_said", N_("Somebody else said") },
		{ "view", N_("Worker's view") },
		{ "present", N_("Present") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), source);
}

const char *
word_present(const char *code)
{
	static const struct word words[] = {
		{ "person", N_("the person") },
		{ "interpreter", N_("an interpreter") },
		{ "guardian", N_("a parent or guardian") },
		{ "companion", N_("somebody who came along") },
		{ "colleague", N_("a colleague") },
		{ "other", N_("others") },
	};

	return word_of(words, sizeof(words) / sizeof(words[0]), code);
}

const char *
word_consent(const struct society *society, const char *kind)
{
	const struct consent_kind *k = society_consent(society, kind);

	if (strcmp(kind, "limits") == 0)
		return _("Limits of confidentiality");
	return k != NULL ? k->label : kind;
}

const char *
word_recipient(const struct society *society, const char *id)
{
	const struct recipient *r = society_recipient(society, id);

	return r != NULL ? r->name : id;
}

const char *
word_risk(const struct society *society, const char *id)
{
	int i = society_risk(society, id);

	return i >= 0 ? society->risks[i].label : id;
}

const char *
word_scopes(const struct society *society, unsigned scope, struct arena *arena)
{
	struct buf b;
	char *out;

	buf_init(&b);
	for (int i = 0; i < DATA_COUNT; i++) {
		const char *id = data_scope_name((enum data_scope)i);

		if (!(scope & data_scope_bit((enum data_scope)i)))
			continue;
		if (b.len > 0)
			buf_add_str(&b, ", ");
		buf_add_str(&b, label_of(&society->data_scopes, id));
	}
	out = arena_strn(arena, b.data, b.len);
	buf_done(&b);
	return out;
}
