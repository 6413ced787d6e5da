// Generated from spec/ (hash a57599550733746d) by `pnpm generate`. Do not edit.

/** A custom variable that the IVR or the AI agent can use during the call. */
export interface Variable {
  /**
   * Name of the variable.
   *
   * Length: at least 1.
   */
  Key: string;
  /** Value of the variable. */
  Value: string;
}

/** What is particular to one called number; it takes precedence over the task-wide settings. */
export interface CalleeAttribute {
  /**
   * The called number, written as it stands in `Callees`.
   *
   * Length: at least 1.
   */
  Callee: string;
  /** User-defined data for this number. Takes precedence over the task-wide `UUI`. */
  UUI?: string;
  /** Variables for this number. They take precedence over task-wide `Variables` of the same key. */
  Variables?: readonly Variable[];
}

/** A period of the day in which calls may be made. */
export interface TimeRange {
  /**
   * Start of the period, as 24-hour time `HH:mm:ss`.
   *
   * Format: a 24-hour time HH:mm:ss.
   */
  StartTime?: string;
  /**
   * End of the period, as 24-hour time `HH:mm:ss`.
   *
   * Format: a 24-hour time HH:mm:ss.
   */
  EndTime?: string;
}
