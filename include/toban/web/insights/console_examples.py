"""What each example query answers, how to read it, and what it leaves out; shown beside the editor."""

from collections.abc import Mapping

from toban.domain.language import Language


def explanations(say: Language) -> Mapping[str, str]:
    """By the name of the file under sql/examples."""
    return {
        "acknowledged_through": say.text(
            "Counts acknowledgements by what they were made with (phone, app, website, Slack, an API) "
            "and gives their median and p90, by day and by night. A slow way at night often means "
            "that people have to get to a laptop first. Incidents that nobody acknowledged are left "
            "out, so a way that people gave up on does not show."
        ),
        "before_and_after": say.text(
            "Puts the figures before a day beside those since it; put the day of your change into the "
            "first lines. Compare medians rather than means, and look at both counts first: a side "
            "with fewer than ten incidents says little. Nothing tells here whether the incidents "
            "themselves were alike; toban effect compares those that had waited equally long."
        ),
        "by_urgency_and_priority": say.text(
            "Shows whether what is urgent is answered sooner than what is not. Where high and low "
            "urgency wait equally long, the urgency says nothing to the people called. Times rest on "
            "acknowledged and resolved incidents only; low urgency is often never acknowledged, so "
            "read its count beside the time."
        ),
        "escalations_by_hour": say.text(
            "Gives the share of high-urgency incidents that moved up because nobody answered, for "
            "each hour of the day. Hours with a high share are those in which the first level is not "
            "reached: asleep, travelling, or notified by e-mail alone. Escalations by hand are not "
            "counted, and hours with few incidents jump about."
        ),
        "flapping_alerts": say.text(
            "Counts how often an alert came back within an hour of being resolved, and how many "
            "minutes lay in between. A few minutes suggest a threshold without hysteresis; half an "
            "hour suggests that the cause was not mended. Alerts are alike where service and title "
            "agree up to numbers, so a renamed alert begins anew."
        ),
        "handed_around": say.text(
            "Lists the incidents that changed hands most, by reassignment or escalation. Many "
            "hand-overs with few engaged people mean that it was unclear whose it was; with many "
            "people, that it was hard. Responder requests leave no documented entry in the log and "
            "are not counted."
        ),
        "left_out": say.text(
            "Says on how many incidents of each month MTTA and MTTR do not rest, and why. A month "
            "with much incomplete history cannot be compared with others: its story began before the "
            "warehouse does. Months are cut in UTC here, unlike in the other examples."
        ),
        "load_by_hour_kind": say.text(
            "Sums each week's interruptions (pushes, calls, SMS) by the hour kind of the person "
            "called: at work, in free time, asleep. Watch the share in sleep rather than the total: "
            "it is what wears people out. E-mail never interrupts and is left out; two incidents that "
            "call the same person at once count twice."
        ),
        "merged_storms": say.text(
            "Shows the incidents into which others were merged: how many, from how many services, and "
            "how often people were called for all of them together. Large rows are candidates for "
            "grouping alerts before they page. Storms that nobody merged by hand do not show."
        ),
        "messages_sent": say.text(
            "Counts what Toban said in Slack each day by kind and channel, and how long Slack took to "
            "confirm. Unconfirmed messages are those of which nobody knows whether they arrived; a "
            "few seconds old they are normal, a day old they are worth a look in Slack. It counts "
            "what was said, not what was read."
        ),
        "monitoring_coverage": say.text(
            "Puts the tools connected to each service beside those that really raised incidents. A "
            "connected tool with no incident is either healthy or silent: try it once. Names are "
            "matched by their words, so an integration with a name of your own may stand beside its "
            "tool in two rows."
        ),
        "never_acknowledged": say.text(
            "Lists what nobody acknowledged, and how it ended: by itself, by a person, by a merge, or "
            "not yet. Rows that escalated and still ended by themselves woke several people for "
            "nothing. These incidents are in no MTTA, however long they lasted."
        ),
        "nights_by_service": say.text(
            "Counts the nights in which a service woke somebody, and how often. Where most of the "
            "incidents resolved by themselves, a delay before paging may give the nights back. A "
            "night is named by its evening in the reporting time zone, while sleep is by the clock of "
            "the person called."
        ),
        "noisiest_alerts": say.text(
            "Ranks the alerts of the last 28 days by how often they came, with how many of them "
            "anybody acknowledged. Often and hardly acknowledged is noise; often and always "
            "acknowledged wants its cause mended or a runbook. Alerts are alike where service and "
            "title agree up to numbers."
        ),
        "on_call_next": say.text(
            "Shows who is on call for two weeks after the last sync, level by level. An empty start "
            "or end means for good: a person named directly in the policy. Duty that nobody takes "
            "does not show as a row; the On-call page marks such gaps in red."
        ),
        "open_longest": say.text(
            "Lists what is open, the oldest first, with whoever it is assigned to. Hours run up to "
            "the last sync, not to now. Old rows without anybody assigned, or with low urgency, are "
            "usually forgotten rather than being worked on."
        ),
        "over_the_goal": say.text(
            "Gives the share of acknowledged incidents that were acknowledged within five minutes, by "
            "month and service; change the 300 seconds to your goal. Read the share beside its count: "
            "one of two is 50 %. What was never acknowledged is in no share, so a silent service may "
            "look good."
        ),
        "p1_timeline": say.text(
            "Tells the five newest P1 incidents step by step, with the seconds since they began: the "
            "raw material of a review. Gaps between two steps are where time was lost. Whom a "
            "notification went to is left out here; it stands in the data with persons."
        ),
        "reminders_needed": say.text(
            "Shows how many reminders incidents needed before somebody acknowledged, and how soon "
            "after the last one. Many acknowledgements within a minute of a reminder say that people "
            "had not heard the first call. Do not compare reminded incidents with the others: only "
            "slow ones are ever reminded; toban effect compares fairly."
        ),
        "reopened": say.text(
            "Lists incidents that were resolved and came back as the same incident. Their MTTR runs "
            "to the last resolution, so a quick first fix does not show in it. An alert that comes "
            "back as a new incident is not here; flapping alerts have an example of their own."
        ),
        "self_resolving_alerts": say.text(
            "Finds alerts of which at least four in five ended by themselves before anybody "
            "acknowledged, three times or more. A delay as long as the p90 would have spared nearly "
            "all of these calls. It would also have delayed the remaining ones: look at what they "
            "were before you change the alert."
        ),
        "slowest_acknowledgements": say.text(
            "Shows the twenty slowest acknowledgements of the last 28 days with the notes people "
            "left. Escalations beside a long wait say that the call did not reach the first level; "
            "none, that it waited in silence. Incidents that nobody acknowledged are not slow but "
            "absent: they have an example of their own."
        ),
        "still_unacknowledged": say.text(
            "Takes the incidents that nobody had acknowledged after three minutes, and shows what "
            "became of them before and after a day; put in yours. These all had waited equally long, "
            "so the two periods can be compared where reminders began in between. Groups with fewer "
            "than ten incidents say little."
        ),
        "sync_health": say.text(
            "Counts the sync's runs each day, how many failed, what they read and how many API calls "
            "they took. A day without runs means that Airflow was down or the DAG paused. Runs that "
            "broke off without a word are not recorded, and the last error may be mended long since."
        ),
        "verdicts_held": say.text(
            "Says month by month how often a verdict told in a thread turned out right, and how often a "
            "runbook shown there was said to help. Read each share beside its counts: a month with few "
            "answers says little. Verdicts of incidents that are still open, and runbooks that nobody "
            "judged, are left out."
        ),
        "weekday_and_hour": say.text(
            "Counts incidents and interruptions by weekday and hour in the reporting time zone. Peaks "
            "at the same minute every week are usually jobs or deployments rather than faults. Hours "
            "in which nothing ever began have no row."
        ),
        "weekly_trend": say.text(
            "Puts each week's median MTTA beside the mean of the eight weeks before it. A change of "
            "less than 10 % or 30 seconds, or a week with fewer than ten acknowledged incidents, is "
            "chance rather than a trend. The current week is not over: its figures still move."
        ),
    }
