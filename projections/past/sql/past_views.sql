-- The boards as they stood at the position that `putokaz.position` names for the transaction. Of the streams in
-- `putokaz.instead` (ids) the rows are those of `putokaz.rows` (an object of arrays by table) instead: the boards as
-- it was, not as it was known. The names of the columns are those of the boards, so that their queries read these too.

CREATE OR REPLACE VIEW past.journey_list_v1 WITH (security_invoker = true) AS
SELECT r.journey, r.code, r.pathway, r.pathway_version, r.phase, r.stages, r.caseworker, r.next_part, r.next_step,
       r.next_role, r.next_due_at, r.next_due_on, r.stalled, r.stalled_since, r.closing_reason, r.opened_at,
       r.changed_at, r.version
  FROM projections.past_journey_list_v1 AS r
 WHERE int8range(r.from_position, r.until_position) @> current_setting('putokaz.position')::bigint
   AND r.journey NOT IN (SELECT unnest(current_setting('putokaz.instead')::uuid[]))
UNION ALL
SELECT r.journey, r.code, r.pathway, r.pathway_version, r.phase, r.stages, r.caseworker, r.next_part, r.next_step,
       r.next_role, r.next_due_at, r.next_due_on, r.stalled, r.stalled_since, r.closing_reason, r.opened_at,
       r.changed_at, r.version
  FROM jsonb_populate_recordset(NULL::projections.past_journey_list_v1,
                                current_setting('putokaz.rows')::jsonb -> 'journey_list_v1') AS r;
ALTER VIEW past.journey_list_v1 OWNER TO putokaz_owner;
GRANT SELECT ON past.journey_list_v1 TO putokaz_reader;

CREATE OR REPLACE VIEW past.stalled_board_v3 WITH (security_invoker = true) AS
SELECT r.stream_kind, r.stream_id, r.part, r.code, r.part_version, r.kind, r.what, r.stage, r.cause, r.mover,
       r.next_action, r.owner_role, r.owner_staff, r.caseworker, r.since, r.opened_at, r.due_on, r.limit_count,
       r.limit_unit, r.limit_reached_on, r.country, r.zone, r.nudged_at, r.nudged_by, r.nudged_role, r.nudged_staff,
       r.nudge_again_at
  FROM projections.past_stalled_board_v1 AS r
 WHERE int8range(r.from_position, r.until_position) @> current_setting('putokaz.position')::bigint
   AND r.stream_id NOT IN (SELECT unnest(current_setting('putokaz.instead')::uuid[]))
UNION ALL
SELECT r.stream_kind, r.stream_id, r.part, r.code, r.part_version, r.kind, r.what, r.stage, r.cause, r.mover,
       r.next_action, r.owner_role, r.owner_staff, r.caseworker, r.since, r.opened_at, r.due_on, r.limit_count,
       r.limit_unit, r.limit_reached_on, r.country, r.zone, r.nudged_at, r.nudged_by, r.nudged_role, r.nudged_staff,
       r.nudge_again_at
  FROM jsonb_populate_recordset(NULL::projections.past_stalled_board_v1,
                                current_setting('putokaz.rows')::jsonb -> 'stalled_board_v3') AS r;
ALTER VIEW past.stalled_board_v3 OWNER TO putokaz_owner;
GRANT SELECT ON past.stalled_board_v3 TO putokaz_reader;

CREATE OR REPLACE VIEW past.my_day_v2 WITH (security_invoker = true) AS
SELECT r.stream_kind, r.stream_id, r.part, r.code, r.part_version, r.kind, r.what, r.stage, r.owner_role,
       r.owner_staff, r.due_at, r.due_on, r.waits_on, r.stalled, r.mover, r.appointment, r.date_version, r.zone
  FROM projections.past_my_day_v1 AS r
 WHERE int8range(r.from_position, r.until_position) @> current_setting('putokaz.position')::bigint
   AND r.stream_id NOT IN (SELECT unnest(current_setting('putokaz.instead')::uuid[]))
UNION ALL
SELECT r.stream_kind, r.stream_id, r.part, r.code, r.part_version, r.kind, r.what, r.stage, r.owner_role,
       r.owner_staff, r.due_at, r.due_on, r.waits_on, r.stalled, r.mover, r.appointment, r.date_version, r.zone
  FROM jsonb_populate_recordset(NULL::projections.past_my_day_v1,
                                current_setting('putokaz.rows')::jsonb -> 'my_day_v2') AS r;
ALTER VIEW past.my_day_v2 OWNER TO putokaz_owner;
GRANT SELECT ON past.my_day_v2 TO putokaz_reader;

CREATE OR REPLACE VIEW past.caseload_v1 WITH (security_invoker = true) AS
SELECT r.stream_kind, r.stream_id, r.part, r.code, r.role, r.staff, r.next_due_at, r.stalled, r.changed_at
  FROM projections.past_caseload_v1 AS r
 WHERE int8range(r.from_position, r.until_position) @> current_setting('putokaz.position')::bigint
   AND r.stream_id NOT IN (SELECT unnest(current_setting('putokaz.instead')::uuid[]))
UNION ALL
SELECT r.stream_kind, r.stream_id, r.part, r.code, r.role, r.staff, r.next_due_at, r.stalled, r.changed_at
  FROM jsonb_populate_recordset(NULL::projections.past_caseload_v1,
                                current_setting('putokaz.rows')::jsonb -> 'caseload_v1') AS r;
ALTER VIEW past.caseload_v1 OWNER TO putokaz_owner;
GRANT SELECT ON past.caseload_v1 TO putokaz_reader;

-- A file is folded from the log for each reading (`analysis`): it has no past of its own.
CREATE OR REPLACE VIEW past.journey_file_v1 WITH (security_invoker = true) AS
SELECT r.*
  FROM jsonb_populate_recordset(NULL::projections.journey_file_v1,
                                current_setting('putokaz.rows')::jsonb -> 'journey_file_v1') AS r;
ALTER VIEW past.journey_file_v1 OWNER TO putokaz_owner;
GRANT SELECT ON past.journey_file_v1 TO putokaz_reader;

-- A file is folded from the log for each reading (`analysis`): it has no past of its own.
CREATE OR REPLACE VIEW past.journey_file_step_v1 WITH (security_invoker = true) AS
SELECT r.*
  FROM jsonb_populate_recordset(NULL::projections.journey_file_step_v1,
                                current_setting('putokaz.rows')::jsonb -> 'journey_file_step_v1') AS r;
ALTER VIEW past.journey_file_step_v1 OWNER TO putokaz_owner;
GRANT SELECT ON past.journey_file_step_v1 TO putokaz_reader;
