package org.kinweave.model

/**
 * A circle of members.
 *
 * @property text opaque; it may be kept and compared
 */
@JvmInline
public value class CircleId(
    public val text: String,
) {
    override fun toString(): String = text
}

/**
 * A member of a circle. Who leaves and joins again is another member.
 *
 * @property text opaque; it may be kept and compared
 */
@JvmInline
public value class MemberId(
    public val text: String,
) {
    override fun toString(): String = text
}

/**
 * A device, named by its public key.
 *
 * @property text opaque; it may be kept and compared
 */
@JvmInline
public value class DeviceKey(
    public val text: String,
) {
    override fun toString(): String = text
}

/**
 * A set of members with whom records are shared.
 *
 * @property text opaque; it may be kept and compared
 */
@JvmInline
public value class AudienceId(
    public val text: String,
) {
    override fun toString(): String = text
}

/**
 * An admission that waits for somebody's approval.
 *
 * @property text opaque; it may be kept and compared
 */
@JvmInline
public value class EntryHash(
    public val text: String,
) {
    override fun toString(): String = text
}

/**
 * What this device calls a record. It is never sent, and gone with the record.
 *
 * @property text opaque; it may be kept and compared
 */
@JvmInline
public value class RecordId(
    public val text: String,
) {
    override fun toString(): String = text
}

/**
 * Something in this device's trash.
 *
 * @property text opaque; it may be kept and compared
 */
@JvmInline
public value class TrashId(
    public val text: String,
) {
    override fun toString(): String = text
}

/**
 * How records name each other.
 *
 * @property text opaque; it may be kept and compared
 */
@JvmInline
public value class RecordRef(
    public val text: String,
) {
    override fun toString(): String = text
}

/**
 * The version of a record that a screen showed. An edit is made from it, and so never takes back what others changed
 * meanwhile.
 *
 * @property text opaque; it may be kept and compared
 */
@JvmInline
public value class VersionToken(
    public val text: String,
) {
    override fun toString(): String = text
}
