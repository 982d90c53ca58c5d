package org.kinweave.demo

/** Where one can be. The way back is a list of them, which survives the process. */
sealed interface Place {
    data object Today : Place

    data object Together : Place

    data object Mine : Place

    data object People : Place

    data object Create : Place

    data object Join : Place

    data object CheckIn : Place

    data object CheckIns : Place

    data object Promises : Place

    data object NewPromise : Place

    data object Encouragement : Place

    data object NewEncouragement : Place

    data object Celebrations : Place

    data object NewCelebration : Place

    data object Days : Place

    data object Setback : Place

    data object Journal : Place

    data object Invite : Place

    data object Settings : Place

    data class History(
        val record: String,
    ) : Place

    data class Plan(
        val celebration: String,
    ) : Place

    companion object {
        /** The four that are always one tap away. */
        val tabs: List<Place> get() = listOf(Today, Together, Mine, People)

        private val plain: List<Place>
            get() =
                tabs +
                    listOf(Create, Join, CheckIn, CheckIns, Promises, NewPromise, Encouragement, NewEncouragement) +
                    listOf(Celebrations, NewCelebration, Days, Setback, Journal, Invite, Settings)

        fun toText(place: Place): String =
            when (place) {
                is History -> HISTORY + place.record
                is Plan -> PLAN + place.celebration
                else -> place.toString()
            }

        fun ofText(text: String): Place =
            when {
                text.startsWith(HISTORY) -> History(text.removePrefix(HISTORY))
                text.startsWith(PLAN) -> Plan(text.removePrefix(PLAN))
                else -> plain.find { it.toString() == text } ?: Today
            }

        private const val HISTORY = "History/"
        private const val PLAN = "Plan/"
    }
}
