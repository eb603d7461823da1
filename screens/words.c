/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "words.h"

#include "base/i18n.h"

struct word {
	const char *code, *label; /* N_() */
};

static const char *
word_of(const struct word *words, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i].code, code) == 0)
			return words[i].label[0] != '\0' ? _(words[i].label)
							 : "";
	return code;
}
#define WORD_OF(table, code) \
	word_of(table, sizeof(table) / sizeof((table)[0]), code)

const char *
words_next(const char *code)
{
	static const struct word words[] = {
		{ "", "" },
		{ "urgent", N_("Urgent steps") },
		{ "promised", N_("Promised") },
		{ "tell-recipients", N_("Tell recipients") },
		{ "act-review", N_("Look at override") },
		{ "act-agree", N_("Second person") },
		{ "referral-send", N_("Send referral") },
		{ "referral-answer", N_("Referral: answer") },
		{ "referral-attended", N_("Referral: attended") },
		{ "referral-feedback", N_("Referral: feedback") },
		{ "referral-other", N_("Find other service") },
		{ "first-response", N_("First response") },
		{ "risk-again", N_("Look at risk") },
		{ "deadline", N_("Deadline") },
		{ "follow-up", N_("Follow-up") },
		{ "lost-contact", N_("Lost contact") },
		{ "assessment", N_("Assessment") },
		{ "plan", N_("Step of the plan") },
		{ "service", N_("Planned help") },
		{ "review", N_("Review") },
		{ "consent-review", N_("Consent review") },
		{ "agree-next", N_("Agree next step") },
	};

	return WORD_OF(words, code);
}

const char *
words_task(const char *code)
{
	static const struct word words[] = {
		{ "promised", N_("Promised call") },
		{ "transfer", N_("A case is offered: answer") },
		{ "closure", N_("Closing: your agreement") },
		{ "join", N_("One person, two codes? Look") },
		{ "find-worker", N_("Find another worker: see links") },
		{ "act-review", N_("Override: look at it again") },
		{ "act-agree", N_("Sending: your agreement") },
		{ "safe-word", N_("Safe word: look before a call") },
		{ "duty-decide", N_("A duty to tell: is it ours?") },
		{ "risk-again", N_("Look at the risk again") },
		{ "plan", N_("Plan: a step is due") },
		{ "verify-contact", N_("Verify safe contact") },
		{ "referral-stuck", N_("No answer: another way") },
		/* One for all: "reflection" tells whoever looks over a
		 * shoulder what kind of case it is.  G has the words. */
		{ "advice-14", N_("Legal deadline") },
		{ "advice-7", N_("Legal deadline") },
		{ "reflection-end", N_("Legal deadline") },
		{ "appeal", N_("Legal deadline") },
		{ "permit-end", N_("Legal deadline") },
		{ "report", N_("A duty to tell: decide") },
		{ "of-age", N_("Comes of age: ask consent anew") },
		{ "task", N_("Task") },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].code, code) == 0)
			return _(words[i].label);
	return words_next(code);
}

const char *
words_stage(const char *code)
{
	static const struct word words[] = {
		{ "new", N_("new") },
		{ "contact", N_("contact") },
		{ "engaged", N_("engaged") },
		{ "screened", N_("screened") },
		{ "assessed", N_("assessed") },
		{ "plan", N_("plan") },
		{ "services", N_("services") },
		{ "referred", N_("referred") },
		{ "follow-up", N_("follow-up") },
		{ "lost-contact", N_("lost contact") },
		{ "closed", N_("closed") },
	};

	return WORD_OF(words, code);
}

const char *
words_may_contact(const char *code)
{
	static const struct word words[] = {
		{ "", N_("Not asked yet: do not call") },
		{ "yes", N_("Yes, as agreed") },
		{ "only_if", N_("Only as agreed: read how first") },
		{ "no", N_("No: do not contact") },
	};

	return WORD_OF(words, code);
}

const char *
words_held(const char *code)
{
	static const struct word words[] = {
		{ "", "" },
		{ "word", N_("the safe word was wrong or not said, twice") },
		{ "danger", N_("they said their word for danger") },
	};

	return WORD_OF(words, code);
}

const char *
words_decision(const char *code)
{
	static const struct word words[] = {
		{ "", N_("not asked yet") },
		{ "yes", N_("yes") },
		{ "part", N_("yes, in part") },
		{ "not_now", N_("not now") },
		{ "no", N_("no") },
		{ "withdrawn", N_("withdrawn") },
	};

	return WORD_OF(words, code);
}

const char *
words_field(const char *field)
{
	static const struct word words[] = {
		{ "owner", N_("worker") },
		{ "branch", N_("branch") },
		{ "stage", N_("state") },
		{ "stage_hint", N_("state") },
		{ "risk", N_("risk") },
		{ "risk_reason", N_("risk: reason") },
		{ "urgent", N_("urgent") },
		{ "language", N_("language") },
		{ "sex", N_("sex") },
		{ "age_band", N_("age band") },
		{ "may_be_child", N_("may be a child") },
		{ "wants", N_("wants first") },
		{ "next", N_("next") },
		{ "next_due", N_("next: when") },
		{ "closed", N_("closed") },
		{ "may_contact", N_("may be contacted") },
		{ "stop_contact", N_("stop contact") },
		{ "contact_verified_at", N_("safe contact: verified") },
		{ "contact_expires_at", N_("safe contact: until") },
		{ "contact_word", N_("safe contact: words agreed") },
		{ "contact_max_attempts", N_("safe contact: attempts") },
		{ "safety_plan_at", N_("safety plan: written") },
		{ "of_age_from", N_("of age from") },
		{ "closed_at", N_("closed") },
		{ "closed_reason", N_("closed: why") },
		{ "closed_words", N_("closed: in words") },
		{ "next_none", N_("nothing planned: why") },
		{ "custody_ns", N_("with whom the case is") },
		{ "purpose", N_("referral: what for") },
		{ "mode", N_("referral: how") },
		{ "priority", N_("referral: how soon") },
		{ "reason", N_("referral: why") },
		{ "asked", N_("referral: asked for") },
		{ "given", N_("referral: done already") },
		{ "access", N_("referral: needed to come") },
		{ "restrictions", N_("referral: contact only so") },
		{ "risks", N_("referral: to be safe") },
		{ "tell_back", N_("referral: tell us back") },
		{ "fields", N_("referral: what they would see") },
		{ "copy_safe", N_("referral: a card") },
		{ "words", N_("goal") },
		{ "domain", N_("goal: area of life") },
		{ "agreed", N_("agreed") },
		{ "target_on", N_("goal: by when") },
		{ "what", N_("step") },
		{ "who", N_("step: who") },
		{ "who_words", N_("step: who exactly") },
		{ "due_on", N_("step: by when") },
		{ "state", N_("step: how far") },
		{ "outcome", N_("step: what came of it") },
		{ "name", N_("name") },
		{ "other_names", N_("other names") },
		{ "birth", N_("born") },
		{ "birth_basis", N_("born: known from") },
		{ "languages", N_("languages") },
		{ "country", N_("country") },
		{ "phone", N_("phone") },
		{ "address", N_("area") },
		{ "document", N_("document") },
	};

	return WORD_OF(words, field);
}

const char *
words_deadline(const char *code)
{
	static const struct word words[] = {
		{ "advice-14", N_("legal advice, reflection ends in two weeks "
				  "(G)") },
		{ "advice-7", N_("legal advice, reflection ends in a week "
				 "(G)") },
		{ "reflection-end", N_("reflection ends: what do they want? "
				       "(G)") },
		{ "appeal", N_("last day to appeal (G)") },
		{ "permit-end", N_("residence permit ends (G)") },
		{ "report", N_("a duty to tell (J)") },
	};

	return WORD_OF(words, code);
}

const char *
words_event(const char *kind)
{
	static const struct word words[] = {
		{ "contact", N_("contact") },
		{ "assessment", N_("needs") },
		{ "plan", N_("plan") },
		{ "service", N_("services") },
		{ "referral", N_("referral") },
		{ "act", N_("second person") },
		{ "consent", N_("consent") },
		{ "release", N_("release") },
		{ "screening", N_("indicators") },
		{ "follow-up", N_("follow-up") },
		{ "note", N_("note") },
		{ "risk", N_("risk") },
		{ "flag", N_("flag") },
		{ "child", N_("child") },
		{ "mechanism", N_("mechanism") },
		{ "duty", N_("duty") },
		{ "assign", N_("worker") },
		{ "asked", N_("asked") },
		{ "opened", N_("opened") },
		{ "closed", N_("closed") },
	};

	return WORD_OF(words, kind);
}

const char *
words_action(struct arena *arena, const char *action)
{
	static const struct word words[] = {
		{ "case.open", N_("opened the case") },
		{ "case.timeline", N_("read the timeline") },
		{ "case.history", N_("read the history") },
		{ "case.access-log", N_("read who looked") },
		{ "case.change", N_("changed the case") },
		{ "case.assign", N_("gave it to a worker") },
		{ "case.risk", N_("set the risk") },
		{ "case.close", N_("closed it") },
		{ "case.reopen", N_("opened it again") },
		{ "case.close-ask", N_("asked to close it") },
		{ "transfer.ask", N_("offered it to somebody") },
		{ "join.ask", N_("asked to join it with another") },
		{ "join.compare", N_("compared it with another") },
		{ "join.part", N_("took two codes apart") },
		{ "request.list", N_("read what was asked") },
		{ "request.open", N_("read what was asked") },
		{ "request.accept", N_("agreed to what was asked") },
		{ "request.refuse", N_("said not now") },
		{ "request.take-back", N_("took back what was asked") },
		{ "transfer.take", N_("took it over") },
		{ "transfer.refuse", N_("did not take it over") },
		{ "transfer.take-back", N_("took back the offer") },
		{ "closure.agree", N_("agreed to its closing") },
		{ "closure.refuse", N_("did not agree to its closing") },
		{ "closure.take-back", N_("took back what would close it") },
		{ "join.agree", N_("agreed that two codes are one person") },
		{ "join.refuse", N_("did not agree to join it") },
		{ "join.take-back", N_("took back what would join it") },
		{ "task.list", N_("read what waits") },
		{ "task.add", N_("noted down a task") },
		{ "task.done", N_("did a task") },
		{ "handover.add", N_("left a note to the next shift") },
		{ "note.add", N_("added a note") },
		{ "flag.set", N_("set a flag") },
		{ "flag.resolve", N_("resolved a flag") },
		{ "contact.looked", N_("looked at what holds calls back") },
		{ "person.open", N_("saw who the person is") },
		{ "person.change", N_("changed who the person is") },
		{ "child.open", N_("read the child's record") },
		{ "child.set", N_("recorded age and guardian") },
		{ "child.of-age", N_("set when they come of age") },
		{ "child.best-interests", N_("recorded best interests") },
		{ "mechanism.open", N_("read about the mechanism") },
		{ "mechanism.add", N_("recorded about the mechanism") },
		{ "duty.open", N_("read the duties to tell") },
		{ "duty.add", N_("recorded a duty to tell") },
		{ "link.open", N_("read the links") },
		{ "link.add", N_("linked a case") },
		{ "link.end", N_("took a link away") },
		{ "group.add", N_("recorded who was met together") },
		{ "group.join", N_("recorded who was met together") },
		{ "group.leave", N_("took somebody out of an occasion") },
		{ "conflict.mark", N_("marked an interest") },
		{ "conflict.lift", N_("took a mark away") },
		{ "document.list", N_("saw the documents") },
		{ "document.open", N_("read a document") },
		{ "document.add", N_("added a document") },
		{ "document.remove", N_("removed a document") },
		{ "document.look", N_("looked for a document") },
		{ "document.disclose", N_("handed a document out") },
		{ "document.extract", N_("handed a document out") },
		{ "person.search", N_("searched for a person") },
		{ "contact.instruction", N_("read how to reach them") },
		{ "contact.number", N_("saw the number") },
		{ "contact.set", N_("changed the safe contact") },
		{ "contact.summary", N_("changed the safe contact") },
		{ "consent.list", N_("read the consents") },
		{ "consent.add", N_("recorded a consent") },
		{ "consent.withdraw", N_("recorded a withdrawal") },
		{ "consent.preview", N_("saw what would be sent") },
		{ "screening.list", N_("read the indicators") },
		{ "screening.open", N_("read the indicators") },
		{ "screening.add", N_("recorded indicators") },
		{ "followup.list", N_("read the follow-ups") },
		{ "followup.plan", N_("planned a follow-up") },
		{ "followup.attempt", N_("recorded a follow-up") },
		{ "assessment.list", N_("read needs and strengths") },
		{ "assessment.add", N_("recorded needs and strengths") },
		{ "plan.open", N_("read the plan") },
		{ "plan.review", N_("went through the plan") },
		{ "goal.add", N_("added a goal") },
		{ "goal.change", N_("changed a goal") },
		{ "goal.progress", N_("said how far a goal is") },
		{ "plan-action.add", N_("added a step") },
		{ "plan-action.change", N_("changed a step") },
		{ "service.list", N_("read the services") },
		{ "service.add", N_("recorded a service") },
		{ "safety.open", N_("read the safety plan") },
		{ "safety.add", N_("wrote the safety plan") },
		{ "safety.summary", N_("wrote the safety plan") },
		{ "intake.save", N_("recorded the first contact") },
		{ "intake.join", N_("met the person again") },
		{ "intake.person", N_("recorded who the person is") },
		{ "queue.jump", N_("looked it up by its code") },
		{ "referral.list", N_("read the referrals") },
		{ "referral.history", N_("read a referral") },
		{ "referral.add", N_("prepared a referral") },
		{ "referral.change", N_("changed a prepared referral") },
		{ "referral.preview", N_("saw what would be sent") },
		{ "referral.look", N_("looked before sending") },
		{ "referral.compose", N_("read what is sent") },
		{ "referral.send", N_("sent a referral") },
		{ "referral.note", N_("said what came of it") },
		{ "act.list", N_("read what was agreed") },
		{ "act.ask", N_("asked a second person") },
		{ "act.decide", N_("answered as second") },
		{ "disclosure.list", N_("read what left") },
		{ "disclosure.told", N_("recorded what was told already") },
		{ "recall.note", N_("asked back what was told") },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i].code);

		if (strncmp(action, words[i].code, n) == 0 &&
		    (action[n] == '\0' || action[n] == ' '))
			return arena_printf(
			    arena, "%s%s", _(words[i].label), action + n);
	}
	return action;
}

const char *
words_label(const struct choice_option *options, size_t n, const char *value)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(options[i].value, value) == 0)
			return _(options[i].label);
	return value;
}

const struct choice_option words_may_contacts[3] = {
	{ "yes", N_("Yes, in the agreed way"), NULL },
	{ "only_if", N_("Only if ... (say below)"),
	    N_("The times, words and people below are the condition.") },
	{ "no", N_("No, we do not contact this person"),
	    N_("The person comes to us. No number is shown to anybody.") },
};
