"""views.open: a modal for the person who has just clicked."""

from toban.sandbox.slack.blockkit import view_problems
from toban.sandbox.slack.content import with_ids
from toban.sandbox.slack.methods.registry import Answer, Call, method
from toban.sandbox.slack.rates import TIER_4
from toban.sandbox.slack.refusal import RefusedError


@method("views.open", per_minute=TIER_4)
def open_(call: Call) -> Answer:
    """Show a modal; the trigger id says to whom."""
    trigger = call.args.required("trigger_id")
    view = call.args.data("view", "invalid_arguments")
    if reasons := view_problems(view):
        raise RefusedError.with_reasons("invalid_arguments", reasons)
    opened = call.workspace.views.open(trigger, {**view, "blocks": with_ids(view["blocks"])})
    return {"view": opened}
