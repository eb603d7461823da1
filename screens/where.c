/* SPDX-License-Identifier: ISC */
#include <stddef.h>
#include <string.h>

#include "where.h"

enum action
where_done(const char *code, bool record)
{
	static const struct {
		const char *code;
		enum action way;
	} ways[] = {
		{ "transfer", ACT_REQUEST },
		{ "closure", ACT_REQUEST },
		{ "join", ACT_REQUEST },
		{ "find-worker", ACT_LINKS },
		{ "safe-word", ACT_LOOK },
		{ "duty-decide", ACT_DUTIES },
		{ "promised", ACT_FOLLOW_UP },
		{ "urgent", ACT_EDIT },
		{ "tell-recipients", ACT_DISCLOSURES },
		{ "act-review", ACT_ACTS },
		{ "act-agree", ACT_ACTS },
		{ "first-response", ACT_FOLLOW_UP },
		{ "risk-again", ACT_RISK },
		{ "lost-contact", ACT_FOLLOW_UP },
		{ "follow-up", ACT_FOLLOW_UP },
		{ "assessment", ACT_ASSESSMENT },
		{ "plan", ACT_PLAN },
		{ "service", ACT_SERVICES },
		{ "review", ACT_PLAN },
		{ "consent-review", ACT_CONSENT },
		{ "verify-contact", ACT_SAFE_CONTACT },
		{ "advice-14", ACT_MECHANISM },
		{ "advice-7", ACT_MECHANISM },
		{ "reflection-end", ACT_MECHANISM },
		{ "appeal", ACT_MECHANISM },
		{ "permit-end", ACT_MECHANISM },
		{ "report", ACT_DUTIES },
		{ "of-age", ACT_CHILD },
		{ "agree-next", ACT_FOLLOW_UP },
	};

	if (record && strcmp(code, "review") == 0)
		return ACT_CHILD;
	if (strncmp(code, "referral-", strlen("referral-")) == 0)
		return ACT_REFERRALS;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (strcmp(ways[i].code, code) == 0)
			return ways[i].way;
	return ACT_NONE;
}
