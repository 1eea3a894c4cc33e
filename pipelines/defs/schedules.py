"""Few jobs, named after business moments; all triggers are off until a site turns them on."""

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    ScheduleDefinition,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    define_asset_job,
    sensor,
)

from pipelines.defs.origins import GROUP
from pipelines.defs.resources import WorkspaceResource
from pipelines.feeds import landing_cursor

# A file is seen within half a minute; the rest of the agreed time is for the run itself.
LOOK_AGAIN_SECONDS = 30

daily_close = define_asset_job(
    "daily_close",
    selection=AssetSelection.all() - AssetSelection.groups(GROUP),
    description="Read what is new, build, check, publish, hand back.",
)

every_morning = ScheduleDefinition(
    name="every_morning",
    job=daily_close,
    cron_schedule="0 5 * * *",
    default_status=DefaultScheduleStatus.STOPPED,
)


def landing_sensor() -> SensorDefinition:
    """Starts the daily close when the content of landing has changed."""

    @sensor(
        name="landing_changed",
        job=daily_close,
        default_status=DefaultSensorStatus.STOPPED,
        minimum_interval_seconds=LOOK_AGAIN_SECONDS,
    )
    def landing_changed(
        context: SensorEvaluationContext, tieout: WorkspaceResource
    ) -> RunRequest | SkipReason:
        """One run per state of landing."""
        cursor = landing_cursor(tieout.workspace)
        if cursor == context.cursor:
            return SkipReason("nothing new in landing")
        context.update_cursor(cursor)
        return RunRequest(run_key=cursor)

    return landing_changed
