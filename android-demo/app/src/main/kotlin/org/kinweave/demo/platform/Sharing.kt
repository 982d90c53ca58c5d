package org.kinweave.demo.platform

import android.content.Context
import android.content.Intent

/** Hands a code to another app. It is good once, for a few minutes, and useless without the four words. */
fun shareText(
    context: Context,
    text: String,
) {
    val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
    context.startActivity(Intent.createChooser(send, null))
}
