package org.kinweave.model

/** The kinds of records that this version knows, for [ListQuery]. Another phone may have newer ones: [Body.Unknown]. */
public object RecordKind {
    public const val CIRCLE_INFO: String = "circle_info"
    public const val MEMBER_PROFILE: String = "member_profile"
    public const val DEVICE_NAME: String = "device_name"
    public const val RECOVERY_TIMELINE: String = "recovery_timeline"
    public const val SHARE: String = "share"
    public const val MILESTONE: String = "milestone"
    public const val CELEBRATION: String = "celebration"
    public const val CELEBRATION_EVENT: String = "celebration_event"
    public const val RSVP: String = "rsvp"
    public const val ENCOURAGEMENT: String = "encouragement"
    public const val REACTION: String = "reaction"
    public const val CHECK_IN: String = "check_in"
    public const val SETBACK: String = "setback"
    public const val RECOVERY_CARD: String = "recovery_card"
    public const val COMMITMENT: String = "commitment"
    public const val COMMITMENT_EVENT: String = "commitment_event"
    public const val JOURNAL: String = "journal"
    public const val NALOXONE_KIT: String = "naloxone_kit"
}
