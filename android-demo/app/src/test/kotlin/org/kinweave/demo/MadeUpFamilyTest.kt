package org.kinweave.demo

import androidx.activity.ComponentActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.StateRestorationTester
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextReplacement
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.kinweave.demo.family.Problem
import org.kinweave.demo.previews.Answers
import org.kinweave.demo.previews.CelebrationsPreview
import org.kinweave.demo.previews.CheckInPreview
import org.kinweave.demo.previews.CheckInsPreview
import org.kinweave.demo.previews.DaysPreview
import org.kinweave.demo.previews.EncouragementPreview
import org.kinweave.demo.previews.FakeFamily
import org.kinweave.demo.previews.HistoryPreview
import org.kinweave.demo.previews.InvitePreview
import org.kinweave.demo.previews.JournalPreview
import org.kinweave.demo.previews.PeoplePreview
import org.kinweave.demo.previews.PlanPreview
import org.kinweave.demo.previews.PromisesPreview
import org.kinweave.demo.previews.SetbackPreview
import org.kinweave.demo.previews.SettingsPreview
import org.kinweave.demo.previews.TodayPreview
import org.kinweave.demo.screens.celebrations.CelebrationsViewModel
import org.kinweave.demo.screens.celebrations.PlanScreen
import org.kinweave.demo.screens.checkin.CheckInScreen
import org.kinweave.demo.screens.checkin.CheckInViewModel
import org.kinweave.demo.screens.people.PeopleScreen
import org.kinweave.demo.screens.people.PeopleViewModel
import org.robolectric.RobolectricTestRunner

/** Single screens, of a family that does what the real one seldom does. */
@RunWith(RobolectricTestRunner::class)
class MadeUpFamilyTest {
    @get:Rule
    val rule = createAndroidComposeRule<ComponentActivity>()
    private val family = FakeFamily()
    private val scope = CoroutineScope(Dispatchers.Main)

    @Test
    fun `every preview shows what it is of`() {
        val previews =
            mapOf<String, @Composable () -> Unit>(
                "Hello, Dani" to { TodayPreview() },
                "How is today?" to { CheckInPreview() },
                "A long shift, and Tomás called." to { CheckInsPreview() },
                "Walk after dinner" to { PromisesPreview() },
                "Soup is on the stove." to { EncouragementPreview() },
                "Nonna's kitchen" to { CelebrationsPreview() },
                "Luigi's" to { PlanPreview() },
                "a good week" to { DaysPreview() },
                "One small step is enough for today." to { SetbackPreview() },
                "I walked past the old corner." to { JournalPreview() },
                "up to date, 9 February 2026" to { PeoplePreview() },
                "Who comes?" to { InvitePreview() },
                "Lena changed it" to { HistoryPreview() },
                "English" to { SettingsPreview() },
            )
        val shown = mutableStateOf(previews.keys.first())
        rule.setContent { key(shown.value) { previews.getValue(shown.value)() } }
        for (words in previews.keys) {
            shown.value = words
            rule.waitForIdle()
            rule.onAllNodes(hasText(words)).onFirst().assertExists("a preview lacks “$words”")
        }
    }

    @Test
    fun `what came to nothing is told, and what was written stays`() {
        val model = CheckInViewModel(family, scope)
        var isLeft = false
        rule.setContent { CheckInScreen(model) { isLeft = true } }
        rule.onNodeWithText("Hard").performClick()
        type("A note, if you like", "Slept badly.")
        family.problem = Problem.DISK_FULL
        save()
        rule.onNodeWithText("The phone is full", substring = true).assertExists()
        rule.onNodeWithText("Slept badly.").assertExists()
        assertEquals(emptyList<String>(), family.deeds)
        family.problem = null
        save()
        assertEquals(listOf("checkIn HARD"), family.deeds)
        assertEquals(true, isLeft)
    }

    @Test
    fun `a plan says what was seen when it was opened, also after Android put the page away`() {
        val model = CelebrationsViewModel(family, scope)
        val restoration = StateRestorationTester(rule)
        restoration.setContent { PlanScreen(model, "dinner") {} }
        type("Place", "The pier")
        val newer = Answers().celebrations.map { it.copy(version = "2", place = "Nonna's kitchen") }
        family.answers = Answers(celebrations = newer)
        family.ring()
        rule.waitForIdle()
        restoration.emulateSavedInstanceStateRestore()
        save()
        assertEquals(listOf("plan dinner 1 The pier 2026-02-14T19:00"), family.deeds)
    }

    @Test
    fun `where there is a second copy of this phone its owner says which they use`() {
        family.answers = Answers(people = Answers().people.copy(hasSecondCopy = true))
        val model = PeopleViewModel(family, scope)
        rule.setContent { PeopleScreen(model, {}) {} }
        rule.onNodeWithText("a second copy of this phone", substring = true).assertExists()
        rule.onNodeWithText("This is the phone I use").performClick()
        rule.waitForIdle()
        assertEquals(listOf("goOnHere"), family.deeds)
        family.answers = Answers()
        family.ring()
        rule.waitForIdle()
        rule.onNodeWithText("a second copy of this phone", substring = true).assertDoesNotExist()
    }

    private fun type(
        label: String,
        text: String,
    ) {
        rule.onNode(hasText(label) and hasSetTextAction()).performScrollTo().performTextReplacement(text)
    }

    private fun save() {
        rule.onNodeWithText("Save").performScrollTo().performClick()
        rule.waitForIdle()
    }
}
