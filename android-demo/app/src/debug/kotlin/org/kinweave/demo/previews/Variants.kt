package org.kinweave.demo.previews

import android.content.res.Configuration.UI_MODE_NIGHT_YES
import androidx.compose.ui.tooling.preview.Preview

/** A preview in what people have most: by day, by night, and large in the other language. */
@Preview(name = "light")
@Preview(name = "dark", uiMode = UI_MODE_NIGHT_YES)
@Preview(name = "large, in Spanish", locale = "es", fontScale = 2f)
annotation class Variants
