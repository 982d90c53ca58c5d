package org.kinweave.demo

import androidx.activity.compose.setContent
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Text
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** What measures the screens notices what it should. */
@RunWith(RobolectricTestRunner::class)
class LayoutTest {
    @get:Rule
    val rule = createAndroidComposeRule<MainActivity>()

    @Test
    fun `a text that is cut off and texts that lie on each other are noticed, and nothing else`() {
        rule.activity.setContent {
            Column {
                Text("One")
                Text("Two, which goes on over several lines", Modifier.width(80.dp))
                Text("Three and what is too long for a line", Modifier.width(80.dp), maxLines = 1, overflow = TextOverflow.Ellipsis)
                Box {
                    Text("Four")
                    Text("Five")
                }
            }
        }
        rule.waitForIdle()
        assertEquals(listOf("cut off: Three and what is too long for a line", "Four lies on Five"), Layout(rule).troubles())
    }
}
