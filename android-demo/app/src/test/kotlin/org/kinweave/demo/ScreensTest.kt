package org.kinweave.demo

import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.kinweave.demo.family.CardDraft
import org.kinweave.demo.family.CardWay
import org.kinweave.demo.family.CheckInDraft
import org.kinweave.demo.family.Mood
import org.kinweave.demo.family.PromiseDraft
import org.kinweave.demo.family.Rhythm
import org.kinweave.model.Band
import org.robolectric.RobolectricTestRunner
import java.time.LocalDate

/** Every screen of a family's app in every variant, drawn to `target/screens`: real homes, nothing made up for a picture. */
@RunWith(RobolectricTestRunner::class)
class ScreensTest {
    @get:Rule
    val rule = createAndroidComposeRule<MainActivity>()
    private val app = AppRobot(rule)
    private lateinit var reyes: Reyes

    @Before
    fun seed() {
        app.see("Begin a circle")
        reyes = runBlocking { Reyes.open(TestApplication.start) }
        app.joins(reyes, "Dani")
        val family = app.family
        runBlocking {
            reyes.martaMeetsLena()
            reyes.celebrate()
            reyes.martaMeetsLena()
            reyes.planApart()
            reyes.checkIn(reyes.marta, Band.OKAY, "A long shift, and Tomás called.")
            reyes.encourage(reyes.lena, "Proud of how you told us. Soup is on the stove.")
            reyes.martaMeetsLena()
            reyes.martaMeets(app.application.phoneHome)
            family.startCounting(LocalDate.parse("2026-01-10"))
            family.promise(PromiseDraft("Call Mum on Sunday", Rhythm.WEEKLY, LocalDate.parse("2026-02-01")))
            family.promise(PromiseDraft("Walk after dinner", Rhythm.DAILY, LocalDate.parse("2026-02-08")))
            family.checkIn(CheckInDraft(Mood.HARD, note = "Slept badly."))
            family.publishCard(CardDraft(CardWay.SNAPSHOT, "one day at a time"))
            family.write("Today I walked past the old corner, and went on.")
        }
    }

    @After
    fun end() = reyes.close()

    @Test
    fun `every screen in light and dark, English and Spanish, small and large`() {
        val screens = Screens(rule)
        val layout = Layout(rule)
        val troubles = mutableListOf<String>()
        for (variant in Screens.variants) {
            screens.become(variant)

            fun words(id: Int) = rule.activity.getString(id)

            fun visit(
                name: String,
                vararg way: Int,
            ) {
                way.forEach { app.tapLast(words(it)) }
                app.seeNot(words(R.string.loading))
                screens.draw(name, variant)
                troubles += layout.troubles().map { "$name, ${variant.name}: $it" }
                if (way.size > 1) app.back()
            }
            app.see(rule.activity.getString(R.string.hello, "Dani"))
            visit("today", R.string.today)
            visit("together", R.string.together)
            visit("promises", R.string.together, R.string.promises)
            visit("encouragement", R.string.together, R.string.encouragement)
            visit("celebrations", R.string.together, R.string.celebrations)
            visit("mine", R.string.mine)
            visit("check-ins", R.string.mine, R.string.check_ins)
            visit("days-and-card", R.string.mine, R.string.days_and_card)
            visit("setback", R.string.mine, R.string.setback)
            visit("journal-locked", R.string.mine, R.string.journal)
            visit("people", R.string.people)
            visit("settings", R.string.people, R.string.settings)
            visit("invite", R.string.people, R.string.invite)
            visit("check-in", R.string.today, R.string.check_in)
        }
        assertEquals(emptyList<String>(), troubles)
    }
}
